//! What the options choose, against the reference pipeline.

use crossover_core::Workspace;
use crossover_core::image::process;

use crate::pictures::{Picture, SMALL, find_segment, options, processed};
use crate::reference::check;

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
fn the_result_is_appended() {
    let jpeg = Picture::scene(60, 45).jpeg();
    let mut output = b"before".to_vec();
    process(&jpeg, &options(SMALL), &mut Workspace::new(), &mut output).expect("a good JPEG");
    assert_eq!(
        output,
        [b"before".as_slice(), &processed(&jpeg, &options(SMALL))].concat()
    );
}
