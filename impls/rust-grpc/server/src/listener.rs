//! Where calls come in: 127.0.0.1, or a Unix socket that only this user can reach.

use std::fs::{self, DirBuilder, Permissions};
use std::io;
use std::net::Ipv4Addr;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tokio::net::{TcpListener, UnixListener};

use crate::arguments::Listen;

/// A bound socket. Dropping it removes what it left on disk.
#[derive(Debug)]
pub enum Listener {
    /// On loopback.
    Tcp(TcpListener),
    /// In a private folder.
    Unix(UnixListener, PrivateFolder),
}

impl Listener {
    /// Binds. Must be called inside the runtime.
    ///
    /// # Errors
    /// What can't be bound and the system's reason.
    pub fn bind(listen: Listen) -> Result<Self, String> {
        match listen {
            Listen::Tcp { port } => bind_tcp(port)
                .map(Self::Tcp)
                .map_err(|error| format!("can't listen on 127.0.0.1:{port}: {error}")),
            Listen::Unix => {
                let folder = PrivateFolder::create(&std::env::temp_dir())?;
                let path = folder.socket();
                bind_unix(&path)
                    .map(|listener| Self::Unix(listener, folder))
                    .map_err(|error| format!("can't listen on {}: {error}", path.display()))
            }
        }
    }

    /// The address in gRPC's name syntax, `ipv4:127.0.0.1:PORT` or `unix:PATH`.
    ///
    /// # Errors
    /// A path that is not Unicode can't be told.
    pub fn target(&self) -> Result<String, String> {
        match self {
            Self::Tcp(listener) => listener
                .local_addr()
                .map(|address| format!("ipv4:{address}"))
                .map_err(|error| format!("can't tell the port: {error}")),
            Self::Unix(_, folder) => {
                let path = folder.socket();
                path.to_str()
                    .map(|path| format!("unix:{path}"))
                    .ok_or_else(|| format!("the path {} is not Unicode", path.display()))
            }
        }
    }
}

fn bind_tcp(port: u16) -> io::Result<TcpListener> {
    let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    TcpListener::from_std(listener)
}

fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    let listener = UnixListener::bind(path)?;
    // Until here the folder alone keeps others out.
    fs::set_permissions(path, Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// A new folder that only this user can enter. Dropping it removes it with the socket inside.
#[derive(Debug)]
pub struct PrivateFolder(PathBuf);

impl PrivateFolder {
    /// Creates `crossover-PID-N` in `parent`, with the first N that is free: whatever lies there already, a link too, is
    /// left alone.
    fn create(parent: &Path) -> Result<Self, String> {
        let process = std::process::id();
        for n in 0..=u16::MAX {
            let path = parent.join(format!("crossover-{process}-{n}"));
            match DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Self(path)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(format!("can't create {}: {error}", path.display())),
            }
        }
        Err(format!("no name is free for a folder in {}", parent.display()))
    }

    fn socket(&self) -> PathBuf {
        self.0.join("server.sock")
    }
}

impl Drop for PrivateFolder {
    fn drop(&mut self) {
        // A folder that is gone already is what this wants.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn only_this_user_can_enter_the_folder_and_nothing_of_it_stays() {
        // In one of its own: among the system's, another test takes a name as soon as it is free.
        let parent = PrivateFolder::create(&std::env::temp_dir()).expect("a folder");
        let folder = PrivateFolder::create(&parent.0).expect("a folder");
        let path = folder.0.clone();
        assert_eq!(
            fs::metadata(&path).expect("a folder").permissions().mode() & 0o777,
            0o700
        );
        fs::write(folder.socket(), "").expect("a file");
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn a_name_that_somebody_else_took_is_passed_over() {
        let parent = PrivateFolder::create(&std::env::temp_dir()).expect("a folder");
        let taken = parent.0.join(format!("crossover-{}-0", std::process::id()));
        symlink("/", &taken).expect("a link");
        let folder = PrivateFolder::create(&parent.0).expect("a folder");
        assert_ne!(folder.0, taken);
        assert!(folder.0.is_dir());
    }

    #[test]
    fn a_folder_that_can_not_be_made_is_named_with_the_reason() {
        let message = PrivateFolder::create(Path::new("/nowhere")).expect_err("no folder");
        assert!(
            message.starts_with("can't create /nowhere/crossover-"),
            "{message}"
        );
        assert!(message.contains("No such file or directory"), "{message}");
    }
}
