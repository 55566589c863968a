//! The header is valid C and fits the library: a C program that is compiled against it runs.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder where cargo has put this crate's library for the tests.
fn library_folder() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().unwrap().to_path_buf()
}

fn compiled(source: &Path, folder: &Path) -> PathBuf {
    let program = folder.join("caller");
    let include = Path::new(env!("CARGO_MANIFEST_DIR")).join("../include");
    let output = Command::new(std::env::var_os("CC").unwrap_or_else(|| "cc".into()))
        .args(["-std=c99", "-Wall", "-Wextra", "-Wpedantic", "-Werror"])
        .arg("-I")
        .arg(include)
        .arg(source)
        .arg("-L")
        .arg(library_folder())
        .arg("-lcrossover_plugin")
        .arg(format!("-Wl,-rpath,{}", library_folder().display()))
        .arg("-o")
        .arg(&program)
        .output()
        .unwrap();
    succeeded(&output);
    program
}

fn succeeded(output: &Output) {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn a_c_program_calls_the_library() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c_program");
    std::fs::create_dir_all(&folder).unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/caller.c");
    succeeded(&Command::new(compiled(&source, &folder)).output().unwrap());
}
