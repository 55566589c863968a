//! JPEGs that no encoder at hand writes, put together from parts of others.

use crate::pictures::{Picture, find_segment, options, patched, with_segment};
use crate::reference::reference;

/// An Exif segment's body.
pub fn exif(orientation: u8) -> Vec<u8> {
    [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0],
    ]
    .concat()
}

/// An RGB JPEG whose components have these sampling factors and are not interleaved: from the parts of three grey
/// ones.
pub fn one_scan_each(scene: &Picture, factors: [(usize, usize); 3]) -> Vec<u8> {
    let most = factors.iter().fold((1, 1), |most, factor| {
        (most.0.max(factor.0), most.1.max(factor.1))
    });
    let size = [scene.height.to_be_bytes(), scene.width.to_be_bytes()]
        .map(|bytes| [bytes[6], bytes[7]])
        .concat();
    let mut jpeg = with_segment(b"\xFF\xD8", 0xEE, b"Adobe\0\x64\0\0\0\0\0");
    let mut header = [[0xFF, 0xC0, 0, 17, 8].as_slice(), &size, &[3]].concat();
    let mut scans = Vec::new();
    for (id, (across, down)) in (1..).zip(factors) {
        let samples = scene
            .samples
            .iter()
            // Components count from 1.
            .skip(usize::from(id) - 1)
            .step_by(3)
            .copied()
            .collect();
        let (width, height) = (scene.width * across / most.0, scene.height * down / most.1);
        let resize =
            format!(r#"{{"width": {width}, "height": {height}, "blurSigma": 0, "sharpenSigma": 0}}"#);
        let component = reference(
            &Picture {
                channels: 1,
                samples,
                ..*scene
            },
            &options(&resize),
        );
        let grey = component.encoder().encode().expect("encodes");
        let (frame, frame_length) = find_segment(&grey, 0xC0);
        let tables = &grey[frame + frame_length..grey.len() - 2];
        let (scan, _) = find_segment(&grey, 0xDA);
        if id == 1 {
            let (quantisation, length) = find_segment(&grey, 0xDB);
            jpeg.extend(&grey[quantisation..quantisation + length]);
        }
        scans.extend(patched(tables, scan + 5 - frame - frame_length, &[id]));
        header.extend([id, (across << 4 | down) as u8, 0]);
    }
    [jpeg, header, scans, vec![0xFF, 0xD9]].concat()
}
