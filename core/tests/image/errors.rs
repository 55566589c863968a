//! Each error of the specification, with its message.

use crossover_core::image::{Options, process};
use crossover_core::{Error, ErrorCode, Workspace};

use crate::pictures::{Picture, find_segment, patched};

fn error(input: &[u8]) -> Error {
    let mut output = Vec::new();
    let error =
        process(input, &Options::default(), &mut Workspace::new(), &mut output).expect_err("a bad input");
    assert!(output.is_empty());
    error
}

#[track_caller]
fn assert_error(input: &[u8], code: ErrorCode, message: &str) {
    let error = error(input);
    assert_eq!((error.code(), error.message()), (code, message));
}

#[track_caller]
fn assert_damaged(input: &[u8]) {
    assert_error(input, ErrorCode::CorruptJpeg, "the JPEG is damaged");
}

fn jpeg() -> Vec<u8> {
    Picture::scene(40, 30).jpeg()
}

/// The JPEG without its first segment of this code.
fn without(jpeg: &[u8], code: u8) -> Vec<u8> {
    let (at, length) = find_segment(jpeg, code);
    [&jpeg[..at], &jpeg[at + length..]].concat()
}

#[test]
fn options_are_checked_name_by_name() {
    let cases = [
        (r#"{"size": 1, "width": 0}"#, r#"unknown option "size""#),
        (
            r#"{"height": 0, "width": 0}"#,
            r#"option "width" must be an integer from 1 to 8192"#,
        ),
        (
            r#"{"width": 8193}"#,
            r#"option "width" must be an integer from 1 to 8192"#,
        ),
        (
            r#"{"width": 80.5}"#,
            r#"option "width" must be an integer from 1 to 8192"#,
        ),
        (
            r#"{"width": "80"}"#,
            r#"option "width" must be an integer from 1 to 8192"#,
        ),
        (
            r#"{"height": null}"#,
            r#"option "height" must be an integer from 1 to 8192"#,
        ),
        (
            r#"{"blurSigma": 0.2}"#,
            r#"option "blurSigma" must be 0 or a number from 0.3 to 10"#,
        ),
        (
            r#"{"blurSigma": -1}"#,
            r#"option "blurSigma" must be 0 or a number from 0.3 to 10"#,
        ),
        (
            r#"{"sharpenSigma": 10.1}"#,
            r#"option "sharpenSigma" must be 0 or a number from 0.3 to 10"#,
        ),
        (
            r#"{"sharpenAmount": 5.01}"#,
            r#"option "sharpenAmount" must be a number from 0 to 5"#,
        ),
        (
            r#"{"sharpenAmount": true}"#,
            r#"option "sharpenAmount" must be a number from 0 to 5"#,
        ),
        (
            r#"{"quality": 0}"#,
            r#"option "quality" must be an integer from 1 to 100"#,
        ),
        (
            r#"{"quality": 101}"#,
            r#"option "quality" must be an integer from 1 to 100"#,
        ),
        ("[]", "options must be an object"),
        ("null", "options must be an object"),
    ];
    for (json, message) in cases {
        let error = Options::from_json(json.as_bytes()).expect_err(json);
        assert_eq!(
            (error.code(), error.message()),
            (ErrorCode::InvalidOptions, message),
            "{json}"
        );
    }
}

#[test]
fn absent_options_mean_the_defaults_and_integers_may_be_written_as_javascript_does() {
    assert_eq!(Options::from_json(b"").expect("valid"), Options::default());
    assert_eq!(Options::from_json(b"{}").expect("valid"), Options::default());
    let options =
        Options::from_json(br#"{"width": 8e2, "quality": 100.0, "blurSigma": -0.0}"#).expect("valid");
    assert_eq!(
        options,
        Options {
            quality: 100,
            blur_sigma: 0.0,
            ..Options::default()
        }
    );
}

#[test]
fn what_does_not_begin_like_a_jpeg_is_none() {
    for input in [b"".as_slice(), b"\xFF", b"\xD8\xFF", b"\x89PNG\r\n\x1A\n"] {
        assert_error(
            input,
            ErrorCode::NotAJpeg,
            "the input is not a JPEG: it does not begin with FF D8",
        );
    }
}

#[test]
fn an_input_cut_anywhere_is_truncated() {
    let scene = Picture::scene(40, 30);
    let progressive = scene
        .encoder()
        .progressive(true)
        .restart_blocks(2)
        .encode()
        .expect("encodes");
    for jpeg in [jpeg(), progressive] {
        for length in 2..jpeg.len() {
            assert_error(
                &jpeg[..length],
                ErrorCode::TruncatedJpeg,
                "the JPEG ends before its end-of-image marker",
            );
        }
    }
}

#[test]
fn markers_out_of_place_are_damage() {
    let jpeg = jpeg();
    let (frame, frame_length) = find_segment(&jpeg, 0xC0);
    let (scan, _) = find_segment(&jpeg, 0xDA);
    let insert = |at: usize, bytes: &[u8]| [&jpeg[..at], bytes, &jpeg[at..]].concat();
    for code in [0x00, 0x01, 0xD0, 0xD7, 0xD8] {
        assert_damaged(&insert(2, &[0xFF, code]));
    }
    assert_damaged(&insert(2, &[0x00]));
    assert_damaged(&insert(2, &[0xFF, 0xE5, 0, 1]));
    assert_damaged(&insert(scan, &jpeg[frame..frame + frame_length]));
    assert_damaged(&patched(&jpeg, frame + 9, &[2]));
    assert_damaged(&without(&jpeg, 0xC0));
    assert_damaged(&[&jpeg[..scan], &[0xFF, 0xD9]].concat());
    assert_damaged(b"\xFF\xD8\xFF\xD9");
}

#[test]
fn fill_bytes_before_a_marker_are_fine() {
    let jpeg = jpeg();
    let filled = [&jpeg[..2], &[0xFF, 0xFF, 0xFF], &jpeg[2..]].concat();
    assert!(
        process(
            &filled,
            &Options::default(),
            &mut Workspace::new(),
            &mut Vec::new()
        )
        .is_ok()
    );
}

#[test]
fn other_coding_processes_are_named() {
    let jpeg = jpeg();
    let (frame, _) = find_segment(&jpeg, 0xC0);
    for process in [3, 5, 6, 7, 9, 10, 11, 13, 14, 15] {
        let message = format!("the JPEG uses a coding process that is not supported (SOF {process})");
        assert_error(
            &patched(&jpeg, frame + 1, &[0xC0 + process]),
            ErrorCode::UnsupportedJpeg,
            &message,
        );
    }
    let message = "the JPEG uses a coding process that is not supported (SOF 0)";
    assert_error(
        &patched(&jpeg, frame + 4, &[12]),
        ErrorCode::UnsupportedJpeg,
        message,
    );
}

#[test]
fn other_numbers_of_components_are_named() {
    let jpeg = jpeg();
    let (frame, length) = find_segment(&jpeg, 0xC0);
    for count in [0, 2, 4_u8] {
        let mut header = jpeg[frame..frame + 10].to_vec();
        header[3] = 8 + 3 * count;
        header[9] = count;
        header.extend((0..count).flat_map(|id| [id + 1, 0x11, 0]));
        let message = format!("the JPEG has {count} components; 1 and 3 are supported");
        let other = [&jpeg[..frame], &header, &jpeg[frame + length..]].concat();
        assert_error(&other, ErrorCode::UnsupportedJpeg, &message);
    }
}

#[test]
fn sizes_are_checked_before_anything_is_allocated() {
    let jpeg = jpeg();
    let (frame, _) = find_segment(&jpeg, 0xC0);
    let sized = |width: u16, height: u16| {
        patched(
            &jpeg,
            frame + 5,
            &[height.to_be_bytes(), width.to_be_bytes()].concat(),
        )
    };
    let message = "the JPEG claims a size of 0×30 pixels";
    assert_error(&sized(0, 30), ErrorCode::CorruptJpeg, message);
    let message = "the JPEG claims a size of 40×0 pixels";
    assert_error(&sized(40, 0), ErrorCode::CorruptJpeg, message);
    let message = "the JPEG has 65535×65535 pixels; the limit is 100 megapixels";
    assert_error(&sized(65535, 65535), ErrorCode::ImageTooLarge, message);
    let message = "the JPEG has 10001×10000 pixels; the limit is 100 megapixels";
    assert_error(&sized(10001, 10000), ErrorCode::ImageTooLarge, message);
    // Just within the limit, and the data are missing.
    assert_damaged(&sized(10000, 10000));
}

#[test]
fn the_walk_comes_before_the_frame_is_judged() {
    let jpeg = jpeg();
    let (frame, _) = find_segment(&jpeg, 0xC0);
    let lossless = patched(&jpeg, frame + 1, &[0xC3]);
    let cut = &lossless[..lossless.len() - 1];
    assert_error(
        cut,
        ErrorCode::TruncatedJpeg,
        "the JPEG ends before its end-of-image marker",
    );
    let message = "the JPEG uses a coding process that is not supported (SOF 3)";
    let empty = patched(&lossless, frame + 5, &[0, 0]);
    assert_error(&empty, ErrorCode::UnsupportedJpeg, message);
}

#[test]
fn tables_that_are_missing_or_bad_are_damage() {
    let jpeg = jpeg();
    assert_damaged(&without(&jpeg, 0xDB));
    assert_damaged(&without(&jpeg, 0xC4));
    let (quantisation, _) = find_segment(&jpeg, 0xDB);
    assert_damaged(&patched(&jpeg, quantisation + 4, &[0x04]));
    assert_damaged(&patched(&jpeg, quantisation + 4, &[0x20]));
    let (huffman, _) = find_segment(&jpeg, 0xC4);
    // Three codes of one bit.
    assert_damaged(&patched(&jpeg, huffman + 5, &[3]));
    let (frame, _) = find_segment(&jpeg, 0xC0);
    for factors in [0x00, 0x10, 0x02, 0x51, 0x15] {
        assert_damaged(&patched(&jpeg, frame + 11, &[factors]));
    }
}

#[test]
fn coded_data_that_end_early_are_damage() {
    let scene = Picture::scene(80, 60);
    let whole = scene.jpeg();
    let (scan, length) = find_segment(&whole, 0xDA);
    for kept in [0, 1, 10, whole.len() - scan - length - 12] {
        let data = &whole[..scan + length + kept];
        let data = data.strip_suffix(&[0xFF]).unwrap_or(data);
        assert_damaged(&[data, &[0xFF, 0xD9]].concat());
    }
    let restarts = scene.encoder().restart_blocks(2).encode().expect("encodes");
    let (scan, length) = find_segment(&restarts, 0xDA);
    let first = scan
        + length
        + restarts[scan + length..]
            .windows(2)
            .position(|pair| pair == [0xFF, 0xD0])
            .expect("RST0");
    assert_damaged(&patched(&restarts, first + 1, &[0xD3]));
    assert_damaged(&[&restarts[..first], &restarts[first + 2..]].concat());
}

#[test]
fn scans_that_leave_out_or_repeat_a_component_are_damage() {
    let jpeg = Picture::scene(40, 30).grey().encoder().encode().expect("encodes");
    let (scan, length) = find_segment(&jpeg, 0xDA);
    let end = jpeg.len() - 2;
    assert_damaged(&[&jpeg[..end], &jpeg[scan..end], &jpeg[end..]].concat());
    assert_damaged(&patched(&jpeg, scan + 5, &[77]));
    let progressive = Picture::scene(40, 30)
        .encoder()
        .progressive(true)
        .encode()
        .expect("encodes");
    let (first_scan, _) = find_segment(&progressive, 0xDA);
    // Not the DC coefficients but a band is what this first scan claims to begin with.
    assert_damaged(&patched(&progressive, first_scan + 11, &[1, 5]));
    assert_eq!(length, 10);
}
