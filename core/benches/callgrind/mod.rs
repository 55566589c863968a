//! Instructions, counted by valgrind's callgrind in a process of its own: this program again, with arguments that tell it what to run inside
//! [`counted`].

use std::env;
use std::hint::black_box;
use std::process::Command;

/// Why nothing can be counted here, and what to do; `None` where valgrind is installed.
pub fn missing() -> Option<&'static str> {
    let there = Command::new("valgrind").arg("--version").output().is_ok();
    (!there).then_some("there is no valgrind to count instructions with (apt-get install valgrind)")
}

/// Runs this program with `arguments` under callgrind; gives how many instructions [`counted`] took.
pub fn count(arguments: &[&str]) -> Result<u64, String> {
    let program = env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .args(["--collect-atstart=no", "--toggle-collect=*counted*"])
        .arg(program)
        .args(arguments)
        .output()
        .map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&output.stderr);
    told.lines()
        .find_map(|line| line.split_once("Collected : "))
        .and_then(|(_, count)| count.trim().parse().ok())
        .filter(|_| output.status.success())
        .ok_or_else(|| format!("valgrind counted nothing: {told}"))
}

/// What is counted: nothing before and nothing after.
#[inline(never)]
pub fn counted<R>(work: impl FnOnce() -> R) -> R {
    black_box(work())
}
