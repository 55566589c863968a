//! When to stop: the server lives as long as its parent wants it to, and no longer than its parent.

use std::io;
use std::thread;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;

/// A future that ends when standard input ends, or at SIGTERM or SIGINT.
///
/// Standard input is a pipe from the parent. The system closes it when the parent dies, even by SIGKILL.
///
/// # Errors
/// A signal or standard input can't be watched, in words.
pub fn end() -> Result<impl Future<Output = ()>, String> {
    let watched = |error: io::Error| format!("can't watch for the end: {error}");
    let mut terminate = signal(SignalKind::terminate()).map_err(watched)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(watched)?;
    let input = input_end().map_err(watched)?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            _ = input => {}
        }
    })
}

/// Reads standard input on a thread of its own: a read that blocks must not hold up the runtime's shutdown.
fn input_end() -> io::Result<oneshot::Receiver<()>> {
    let (sender, receiver) = oneshot::channel();
    thread::Builder::new()
        .name("standard-input".to_owned())
        .spawn(move || {
            // An error is an end as well.
            let _ = io::copy(&mut io::stdin().lock(), &mut io::sink());
            let _ = sender.send(());
        })?;
    Ok(receiver)
}
