//! Scans of the DC coefficients, the first of each block, of one component or of several.

use super::Part;
use crate::image::decode::scan::{Scan, ScanComponent};
use crate::image::decode::tables::Tables;
use crate::image::structure::Damage;

/// Decodes the upper bits of the DC coefficients (G.1.2.1).
#[inline(always)]
pub(super) fn first_scan(
    scan: &Scan<'_>,
    components: &[ScanComponent],
    tables: &Tables,
    parts: &mut [Part],
) -> Result<(), Damage> {
    let huffman = components
        .iter()
        .map(|component| tables.dc(component.dc))
        .collect::<Result<Vec<_>, Damage>>()?;
    let mut predictions = vec![0_i32; components.len()];
    let restart = |predictions: &mut Vec<i32>| predictions.fill(0);
    scan.for_each_block(
        tables.restart_interval,
        &mut predictions,
        restart,
        |predictions, reader, place| {
            let difference = huffman[place.part].next_coefficient(reader)?.value(reader);
            let prediction = &mut predictions[place.part];
            *prediction = prediction.wrapping_add(difference);
            let part = &mut parts[components[place.part].index];
            let columns = part.geometry.padded.0;
            part.blocks[place.row * columns + place.column][0] = (*prediction << scan.approximation.1) as i16;
            Ok(())
        },
    )
}

/// Decodes one more bit of each DC coefficient (G.1.2.1).
#[inline(always)]
pub(super) fn refinement(
    scan: &Scan<'_>,
    components: &[ScanComponent],
    tables: &Tables,
    parts: &mut [Part],
) -> Result<(), Damage> {
    scan.for_each_block(
        tables.restart_interval,
        &mut (),
        |()| {},
        |(), reader, place| {
            reader.refill();
            let part = &mut parts[components[place.part].index];
            let columns = part.geometry.padded.0;
            part.blocks[place.row * columns + place.column][0] |=
                (reader.take(1) << scan.approximation.1) as i16;
            Ok(())
        },
    )
}
