//! The server as a process: what it says, and when it ends.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};

/// Runs the server to its end, with nothing on standard input.
fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_crossover-server"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the server starts")
}

/// A server that waits for calls; its standard input is a pipe that is still open.
struct Running {
    child: Child,
    target: String,
}

impl Running {
    fn start(listen: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crossover-server"))
            .args(["--listen", listen])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("a pipe"))
            .read_line(&mut line)
            .expect("a line");
        let announced: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        let target = announced["target"].as_str().expect("a string").to_owned();
        Self { child, target }
    }

    fn socket(&self) -> PathBuf {
        PathBuf::from(self.target.strip_prefix("unix:").expect("a Unix socket"))
    }

    /// Closes standard input, as the system does when the parent dies.
    fn lose_parent(mut self) -> ExitStatus {
        drop(self.child.stdin.take());
        self.child.wait().expect("an end")
    }

    fn signal(mut self, signal: &str) -> ExitStatus {
        let sent = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .expect("kill");
        assert!(sent.success());
        self.child.wait().expect("an end")
    }
}

fn folder(socket: &Path) -> &Path {
    socket.parent().expect("a folder")
}

#[test]
fn tcp_is_on_loopback_and_ends_with_standard_input() {
    let server = Running::start("tcp");
    let address = server
        .target
        .strip_prefix("ipv4:")
        .expect("an address")
        .to_owned();
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    // A connection that is open and idle does not hold up the end.
    let _connection = TcpStream::connect(&address).expect("a connection");
    assert!(server.lose_parent().success());
    assert!(TcpStream::connect(&address).is_err());
}

#[test]
fn the_socket_is_private_and_goes_with_the_server() {
    for end in [Running::lose_parent, |server: Running| server.signal("-TERM")] {
        let server = Running::start("unix");
        let socket = server.socket();
        let metadata = fs::metadata(&socket).expect("a file");
        assert!(metadata.file_type().is_socket());
        assert_eq!(metadata.permissions().mode() & 0o777, 0o600);
        let around = fs::metadata(folder(&socket)).expect("a folder");
        assert_eq!(around.permissions().mode() & 0o777, 0o700);
        assert!(end(server).success());
        assert!(!folder(&socket).exists());
    }
}

#[test]
fn a_port_in_use_is_named_with_the_reason() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port();
    let output = run(&["--listen", &format!("tcp:{port}")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let complaint = String::from_utf8(output.stderr).expect("text");
    assert!(
        complaint.starts_with(&format!("crossover-server: can't listen on 127.0.0.1:{port}: ")),
        "{complaint}"
    );
    assert!(complaint.contains("in use"), "{complaint}");
}

#[test]
fn a_wrong_command_line_is_a_usage_error() {
    let output = run(&["--listen", "0.0.0.0:80"]);
    assert_eq!(output.status.code(), Some(2));
    let mut complaint = String::new();
    output
        .stderr
        .as_slice()
        .read_to_string(&mut complaint)
        .expect("text");
    assert!(
        complaint.contains("expected tcp, tcp:PORT or unix"),
        "{complaint}"
    );
    assert!(complaint.contains("--help"), "{complaint}");
}

#[test]
fn help_and_version_go_to_standard_output() {
    let help = run(&["--help"]);
    assert!(help.status.success() && help.stdout.starts_with(b"Usage: crossover-server"));
    let version = run(&["--version"]);
    assert!(version.status.success());
    let expected = format!("crossover-server {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(version.stdout, expected.as_bytes());
}
