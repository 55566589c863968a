//! Whatever is in the input, the call comes back: with a picture of the right size, or with an error and nothing else.

use crossover_core::image::process;
use crossover_core::{ErrorCode, Workspace};
use libjpeg_turbo_rs::Subsampling;
use proptest::prelude::*;

use crate::pictures::{Picture, options};

fn originals() -> Vec<Vec<u8>> {
    let scene = Picture::scene(70, 50);
    let grey = scene.grey();
    let encoders = [
        scene.encoder().subsampling(Subsampling::S420),
        scene.encoder().subsampling(Subsampling::S422).restart_blocks(3),
        scene.encoder().progressive(true),
        scene
            .encoder()
            .subsampling(Subsampling::S420)
            .progressive(true)
            .restart_blocks(4),
        grey.encoder(),
        grey.encoder().progressive(true),
    ];
    encoders
        .into_iter()
        .map(|encoder| encoder.encode().expect("encodes"))
        .collect()
}

fn assert_comes_back(input: &[u8]) -> Result<(), TestCaseError> {
    let mut output = Vec::new();
    match process(
        input,
        &options(r#"{"width": 24, "height": 18}"#),
        &mut Workspace::new(),
        &mut output,
    ) {
        Ok(()) => {
            let picture = Picture::decode(&output);
            prop_assert_eq!((picture.width, picture.height), (24, 18));
        }
        Err(error) => {
            prop_assert!(output.is_empty());
            prop_assert!(!matches!(
                error.code(),
                ErrorCode::Internal | ErrorCode::InvalidOptions
            ));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_changed(which in 0..6_usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut jpeg = originals().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(jpeg.len());
            jpeg[at] = byte;
        }
        assert_comes_back(&jpeg)?;
    }

    #[test]
    fn any_bit_of_the_headers_flipped(which in 0..6_usize, at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let mut jpeg = originals().swap_remove(which);
        let scan = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan") + 14;
        jpeg[at.index(scan)] ^= 1_u8 << bit;
        assert_comes_back(&jpeg)?;
    }

    #[test]
    fn any_part_left_out_or_repeated(which in 0..6_usize, from in any::<prop::sample::Index>(), length in 1..200_usize, repeat: bool) {
        let jpeg = originals().swap_remove(which);
        let from = from.index(jpeg.len());
        let to = (from + length).min(jpeg.len());
        let again = if repeat { from } else { to };
        assert_comes_back(&[&jpeg[..if repeat { to } else { from }], &jpeg[again..]].concat())?;
    }

    #[test]
    fn any_bytes_after_the_start(tail in prop::collection::vec(any::<u8>(), 0..300)) {
        assert_comes_back(&[[0xFF, 0xD8].as_slice(), &tail].concat())?;
    }
}
