//! The committed header is the one that the code gives. To renew it: `UPDATE_HEADER=1 cargo test -p crossover-plugin`.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn generated() -> String {
    let folder = crate_folder();
    let mut header = Vec::new();
    cbindgen::Builder::new()
        .with_config(cbindgen::Config::from_file(folder.join("cbindgen.toml")).unwrap())
        .with_src(folder.join("src/abi.rs"))
        .with_src(folder.join("src/context.rs"))
        .generate()
        .unwrap()
        .write(&mut header);
    String::from_utf8(header).unwrap()
}

fn committed(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn the_committed_header_is_up_to_date() {
    let path = crate_folder().join("../include/crossover.h");
    let header = generated();
    if std::env::var_os("UPDATE_HEADER").is_some() {
        std::fs::write(&path, &header).unwrap();
    }
    assert!(
        committed(&path) == header,
        "include/crossover.h differs; run: UPDATE_HEADER=1 cargo test -p crossover-plugin --test header"
    );
}
