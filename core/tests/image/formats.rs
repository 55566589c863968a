//! Every kind of JPEG that is supported, at every scale, against the reference pipeline.

use crossover_core::image::Options;
use libjpeg_turbo_rs::{ColorSpace, Subsampling, TransformOp};

use crate::pictures::{Picture, find_segment, options, patched, processed, with_segment};
use crate::reference::{assert_like, reference};

const SMALL: &str = r#"{"width": 120, "height": 90}"#;

/// What comes out for `jpeg` passes the specification's check.
#[track_caller]
fn check(jpeg: &[u8], options: &Options, what: &str) {
    assert_like(
        &processed(jpeg, options),
        &reference(&Picture::decode(jpeg), options),
        what,
    );
}

/// An Exif segment's body.
pub fn exif(orientation: u8) -> Vec<u8> {
    [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0],
    ]
    .concat()
}

#[test]
fn every_subsampling_is_supported() {
    let scene = Picture::scene(419, 307);
    let subsamplings = [
        Subsampling::S444,
        Subsampling::S422,
        Subsampling::S420,
        Subsampling::S440,
        Subsampling::S411,
        Subsampling::S441,
        Subsampling::S410,
        Subsampling::S24,
    ];
    for subsampling in subsamplings {
        let jpeg = scene
            .encoder()
            .subsampling(subsampling)
            .encode()
            .expect("encodes");
        check(&jpeg, &options(SMALL), &format!("{subsampling:?}"));
    }
}

#[test]
fn components_may_have_any_size_and_a_scan_each() {
    let scene = Picture::scene(300, 240);
    for factors in [[(1, 1); 3], [(3, 4), (2, 1), (1, 3)], [(1, 1), (4, 3), (2, 2)]] {
        let jpeg = one_scan_each(&scene, factors);
        let expected = reference(&scene, &options(SMALL));
        assert_like(
            &processed(&jpeg, &options(SMALL)),
            &expected,
            &format!("{factors:?}"),
        );
    }
}

/// An RGB JPEG whose components have these sampling factors and are not interleaved. No encoder at hand writes one, so
/// it is put together from the parts of three grey ones.
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

#[test]
fn every_scale_of_decoding_gives_the_same_picture() {
    let jpeg = Picture::scene(600, 450).jpeg();
    for (width, height) in [
        (600, 450),
        (350, 300),
        (299, 225),
        (200, 150),
        (150, 113),
        (76, 57),
        (75, 56),
        (45, 35),
    ] {
        let wanted = options(&format!(
            r#"{{"width": {width}, "height": {height}, "quality": 97}}"#
        ));
        check(&jpeg, &wanted, &format!("{width}×{height}"));
    }
}

#[test]
fn odd_and_tiny_pictures_are_supported() {
    for (width, height) in [(1, 1), (7, 13), (8, 8), (9, 17), (16, 1), (1, 33), (31, 30)] {
        let scene = Picture::scene(width, height);
        for (what, jpeg) in [
            ("colour", scene.jpeg()),
            ("grey", scene.grey().encoder().encode().expect("encodes")),
        ] {
            check(
                &jpeg,
                &options(r#"{"width": 21, "height": 17, "quality": 100}"#),
                &format!("{what} {width}×{height}"),
            );
        }
    }
}

#[test]
fn a_result_may_be_tiny_or_thin() {
    let jpeg = Picture::scene(200, 150).jpeg();
    for (width, height) in [(1, 1), (1, 64), (64, 1), (2, 3), (17, 33)] {
        let output = processed(
            &jpeg,
            &options(&format!(r#"{{"width": {width}, "height": {height}}}"#)),
        );
        let picture = Picture::decode(&output);
        assert_eq!(
            (picture.width, picture.height, picture.channels),
            (width, height, 3)
        );
    }
}

#[test]
fn a_picture_can_be_enlarged() {
    check(&Picture::scene(60, 45).jpeg(), &options(SMALL), "twice the size");
}

#[test]
fn grey_stays_grey() {
    let jpeg = Picture::scene(301, 222)
        .grey()
        .encoder()
        .encode()
        .expect("encodes");
    let output = processed(&jpeg, &options(SMALL));
    let (at, _) = find_segment(&output, 0xC0);
    assert_eq!(output[at + 9], 1, "components");
    check(&jpeg, &options(SMALL), "grey");
}

#[test]
fn a_grey_picture_may_have_any_sampling_factors() {
    let jpeg = Picture::scene(301, 222)
        .grey()
        .encoder()
        .encode()
        .expect("encodes");
    let (at, _) = find_segment(&jpeg, 0xC0);
    let expected = processed(&jpeg, &options(SMALL));
    for factors in [0x22, 0x41] {
        assert_eq!(
            processed(&patched(&jpeg, at + 11, &[factors]), &options(SMALL)),
            expected
        );
    }
}

#[test]
fn how_the_coefficients_are_coded_does_not_matter() {
    let scene = Picture::scene(419, 307);
    for subsampling in [Subsampling::S444, Subsampling::S420, Subsampling::S422] {
        let plain = || scene.encoder().subsampling(subsampling);
        let expected = processed(&plain().encode().expect("encodes"), &options(SMALL));
        let others = [
            ("optimised", plain().optimize_huffman(true)),
            ("progressive", plain().progressive(true)),
            ("restarts", plain().restart_blocks(3)),
            ("restarts by row", plain().restart_rows(1)),
            (
                "progressive with restarts",
                plain().progressive(true).restart_blocks(5),
            ),
        ];
        for (what, encoder) in others {
            let jpeg = encoder.encode().expect("encodes");
            assert!(
                processed(&jpeg, &options(SMALL)) == expected,
                "{what} {subsampling:?}"
            );
        }
    }
}

#[test]
fn adobe_transform_0_means_rgb_unless_jfif_says_otherwise() {
    let scene = Picture::scene(200, 150);
    let jpeg = scene
        .encoder()
        .colorspace(ColorSpace::Rgb)
        .encode()
        .expect("encodes");
    let (at, _) = find_segment(&jpeg, 0xEE);
    assert_eq!(jpeg[at + 15], 0, "the encoder says that it is RGB");
    let output = processed(&jpeg, &options(SMALL));
    let expected = reference(&scene, &options(SMALL));
    assert_like(&output, &expected, "RGB");
    let jfif = with_segment(&jpeg, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    assert_ne!(processed(&jfif, &options(SMALL)), output);
}

#[test]
fn each_orientation_is_applied() {
    let scene = Picture::scene(160, 130);
    let upright = scene.jpeg();
    let operations = [
        (1, TransformOp::None),
        (2, TransformOp::HFlip),
        (3, TransformOp::Rot180),
        (4, TransformOp::VFlip),
        (5, TransformOp::Transpose),
        (6, TransformOp::Rot90),
        (7, TransformOp::Transverse),
        (8, TransformOp::Rot270),
    ];
    for (orientation, operation) in operations {
        // Whole units, so that the other library can turn the coefficients without loss.
        let stored = Picture::scene(160, 128).jpeg();
        let turned = libjpeg_turbo_rs::transform(&stored, operation).expect("transforms");
        let tagged = with_segment(&stored, 0xE1, &exif(orientation));
        let expected = reference(&Picture::decode(&turned), &options(SMALL));
        assert_like(
            &processed(&tagged, &options(SMALL)),
            &expected,
            &format!("orientation {orientation}"),
        );
    }
    for strange in [0, 9, 255] {
        let tagged = with_segment(&upright, 0xE1, &exif(strange));
        assert_eq!(
            processed(&tagged, &options(SMALL)),
            processed(&upright, &options(SMALL))
        );
    }
}

#[test]
fn only_the_first_exif_segment_counts() {
    let jpeg = Picture::scene(160, 130).jpeg();
    let twice = with_segment(&with_segment(&jpeg, 0xE1, &exif(6)), 0xE1, &exif(3));
    let once = with_segment(&jpeg, 0xE1, &exif(3));
    assert_eq!(
        processed(&twice, &options(SMALL)),
        processed(&once, &options(SMALL))
    );
}

#[test]
fn filters_follow_the_reference_from_none_to_extreme() {
    let jpeg = Picture::scene(300, 225).jpeg();
    let choices = [
        r#""blurSigma": 0, "sharpenSigma": 0"#,
        r#""blurSigma": 0, "sharpenAmount": 0"#,
        r#""blurSigma": 0.3, "sharpenSigma": 0.3, "sharpenAmount": 5"#,
        r#""blurSigma": 10, "sharpenSigma": 10, "sharpenAmount": 5"#,
        r#""blurSigma": 0, "sharpenSigma": 3, "sharpenAmount": 1"#,
        r#""blurSigma": 2.5, "sharpenSigma": 0"#,
    ];
    for choice in choices {
        check(
            &jpeg,
            &options(&format!(r#"{{"width": 120, "height": 90, {choice}}}"#)),
            choice,
        );
    }
}

#[test]
fn the_quality_sets_the_tables_as_libjpeg_does_and_the_result_stays_baseline() {
    let jpeg = Picture::scene(100, 70).jpeg();
    // The first step of Annex K's luma table is 16: scaled by 5000/q % below 50, by 200 − 2q % from there.
    for (quality, first_step) in [(1, 255), (25, 32), (50, 16), (75, 8), (90, 3), (100, 1)] {
        let output = processed(
            &jpeg,
            &options(&format!(r#"{{"width": 40, "height": 30, "quality": {quality}}}"#)),
        );
        let (at, _) = find_segment(&output, 0xDB);
        assert_eq!(output[at + 4..at + 6], [0, first_step], "quality {quality}");
        let (frame, _) = find_segment(&output, 0xC0);
        assert_eq!(
            output[frame + 9..frame + 19],
            [3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
            "4:2:0"
        );
    }
}

#[test]
fn what_follows_the_end_is_ignored() {
    let jpeg = Picture::scene(60, 45).jpeg();
    let longer = [jpeg.as_slice(), b"anything \xFF\xD8\xFF"].concat();
    assert_eq!(
        processed(&longer, &options(SMALL)),
        processed(&jpeg, &options(SMALL))
    );
}

#[test]
fn the_result_is_appended() {
    let jpeg = Picture::scene(60, 45).jpeg();
    let mut output = b"before".to_vec();
    crossover_core::image::process(
        &jpeg,
        &options(SMALL),
        &mut crossover_core::Workspace::new(),
        &mut output,
    )
    .expect("a good JPEG");
    assert_eq!(
        output,
        [b"before".as_slice(), &processed(&jpeg, &options(SMALL))].concat()
    );
}
