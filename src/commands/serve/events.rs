use std::{io, sync::Arc, time::Duration};

use http_body_util::channel::Channel;
use hyper::body::Bytes;
use tokio::time::timeout;

use super::show::Show;

/// So often a browser is told that nothing has happened, by which one that has gone is noticed.
const SILENCE: Duration = Duration::from_secs(15);

/// What is shown, told now and again whenever it changes, until the browser goes away: server-sent events (HTML
/// Living Standard, 9.2).
pub(super) fn stream(show: Arc<Show>) -> Channel<Bytes, io::Error> {
    let (mut send, body) = Channel::new(1);
    tokio::spawn(async move {
        let mut changes = show.watch();
        // A browser that has lost the server asks again after so many milliseconds.
        let mut head = "retry: 300\n";
        loop {
            let message = show.message(&changes.borrow_and_update());
            let event = format!("{}data: {message}\n\n", std::mem::take(&mut head));
            if send.send_data(Bytes::from(event)).await.is_err() {
                return;
            }
            loop {
                match timeout(SILENCE, changes.changed()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(_)) => return,
                    Err(_) if send.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                    Err(_) => {}
                }
            }
        }
    });
    body
}
