//! Every kind of JPEG that is supported, at every scale, against the reference pipeline.

use libjpeg_turbo_rs::{ColorSpace, Subsampling, TransformOp};

use crate::assembled::{exif, one_scan_each};
use crate::pictures::{Picture, SMALL, find_segment, options, patched, processed, with_segment};
use crate::reference::{assert_like, check, reference};

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
fn what_follows_the_end_is_ignored() {
    let jpeg = Picture::scene(60, 45).jpeg();
    let longer = [jpeg.as_slice(), b"anything \xFF\xD8\xFF"].concat();
    assert_eq!(
        processed(&longer, &options(SMALL)),
        processed(&jpeg, &options(SMALL))
    );
}
