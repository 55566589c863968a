//! A workspace lends its memory to one call after the other: what was left there shows in no result.

use crossover_core::image::process;
use crossover_core::{Error, Isa, Workspace};

use crate::assembled::{exif, one_scan_each};
use crate::pictures::{Picture, options, with_segment};

fn result(jpeg: &[u8], json: &str, workspace: &mut Workspace) -> Result<Vec<u8>, Error> {
    let mut output = Vec::new();
    process(jpeg, &options(json), workspace, &mut output).map(|()| output)
}

#[test]
fn no_result_depends_on_the_calls_before() {
    let scene = Picture::scene(300, 240);
    let progressive = scene.encoder().progressive(true).encode().expect("encodes");
    let jpegs = [
        scene.jpeg(),
        // Turned, and its axes exchanged.
        with_segment(&scene.jpeg(), 0xE1, &exif(7)),
        // Some blocks beyond the edge are in no scan.
        one_scan_each(&scene, [(3, 4), (2, 1), (1, 3)]),
        progressive[..progressive.len() / 2].to_vec(),
        scene.jpeg()[..5000].to_vec(),
        progressive,
        scene.grey().jpeg(),
        Picture::scene(33, 47).jpeg(),
    ];
    let sizes = [
        r#"{"width": 120, "height": 90}"#,
        r#"{"width": 300, "height": 240, "blurSigma": 0}"#,
        r#"{"width": 31, "height": 57, "sharpenAmount": 0}"#,
    ];
    for isa in Isa::available() {
        let mut workspace = Workspace::at(isa);
        for json in sizes {
            for jpeg in &jpegs {
                let expected = result(jpeg, json, &mut Workspace::at(isa));
                assert!(result(jpeg, json, &mut workspace) == expected);
            }
        }
    }
}
