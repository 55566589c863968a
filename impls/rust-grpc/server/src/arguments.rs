//! The command line.

use std::ffi::OsString;

use lexopt::{Arg, Parser, ValueExt};

/// What `--help` prints.
pub const HELP: &str = "\
Usage: crossover-server --listen WHERE [--max-message-bytes N]

Serves the Crossover core over gRPC until standard input ends or SIGTERM comes.
Writes {\"target\": ...} to standard output when it is ready.

  --listen tcp[:PORT]      127.0.0.1, on a port that the system chooses unless PORT is given
  --listen unix            a socket of mode 0600 in a new private folder under TMPDIR
  --max-message-bytes N    longest request and response (default 285212672)
  --version, --help";

/// Longest message in bytes where the caller names no limit: a JSON text at its limit of 256 MiB, and 16 MiB for what
/// travels with it.
pub const DEFAULT_MAX_MESSAGE_BYTES: usize = 272 << 20;

/// Where to wait for calls. There is deliberately no way to name another interface than loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listen {
    /// 127.0.0.1; port 0 lets the system choose.
    Tcp {
        /// The port, or 0.
        port: u16,
    },
    /// A socket in a new private folder.
    Unix,
}

/// How to serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Where.
    pub listen: Listen,
    /// Longest request and response.
    pub max_message_bytes: usize,
}

/// What the command line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Serve.
    Serve(Settings),
    /// Print [`HELP`].
    Help,
    /// Print the version.
    Version,
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// An unknown or incomplete argument, in words.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, lexopt::Error> {
    let mut parser = Parser::from_args(arguments);
    let mut listen = None;
    let mut max_message_bytes = DEFAULT_MAX_MESSAGE_BYTES;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("listen") => listen = Some(parser.value()?.parse_with(parse_listen)?),
            Arg::Long("max-message-bytes") => max_message_bytes = parser.value()?.parse()?,
            Arg::Long("help") | Arg::Short('h') => return Ok(Command::Help),
            Arg::Long("version") | Arg::Short('V') => return Ok(Command::Version),
            _ => return Err(argument.unexpected()),
        }
    }
    match listen {
        Some(listen) => Ok(Command::Serve(Settings {
            listen,
            max_message_bytes,
        })),
        None => Err("missing argument '--listen'".into()),
    }
}

fn parse_listen(text: &str) -> Result<Listen, &'static str> {
    match text.split_once(':') {
        None if text == "tcp" => Ok(Listen::Tcp { port: 0 }),
        None if text == "unix" => Ok(Listen::Unix),
        Some(("tcp", port)) => port
            .parse()
            .map(|port| Listen::Tcp { port })
            .map_err(|_| "a port is a number from 0 to 65535"),
        _ => Err("expected tcp, tcp:PORT or unix"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Command, String> {
        parse(arguments.iter().map(OsString::from)).map_err(|error| error.to_string())
    }

    #[test]
    fn the_place_to_listen_is_tcp_with_or_without_a_port_or_unix() {
        for (text, listen) in [
            ("tcp", Listen::Tcp { port: 0 }),
            ("tcp:4711", Listen::Tcp { port: 4711 }),
            ("unix", Listen::Unix),
        ] {
            let settings = Settings {
                listen,
                max_message_bytes: DEFAULT_MAX_MESSAGE_BYTES,
            };
            assert_eq!(parsed(&["--listen", text]), Ok(Command::Serve(settings)));
        }
    }

    #[test]
    fn no_address_but_loopback_can_be_asked_for() {
        for text in [
            "0.0.0.0:80",
            "tcp:0.0.0.0:80",
            "tcp:65536",
            "tcp:",
            "unix:/tmp/known.sock",
            "",
        ] {
            assert!(parsed(&["--listen", text]).is_err(), "{text}");
        }
    }

    #[test]
    fn the_message_limit_is_a_number_of_bytes() {
        let settings = Settings {
            listen: Listen::Unix,
            max_message_bytes: 4096,
        };
        assert_eq!(
            parsed(&["--max-message-bytes", "4096", "--listen=unix"]),
            Ok(Command::Serve(settings))
        );
        assert!(parsed(&["--listen=unix", "--max-message-bytes", "4k"]).is_err());
    }

    #[test]
    fn what_is_missing_or_unknown_is_named() {
        assert_eq!(parsed(&[]), Err("missing argument '--listen'".to_owned()));
        assert_eq!(
            parsed(&["--verbose"]),
            Err("invalid option '--verbose'".to_owned())
        );
    }
}
