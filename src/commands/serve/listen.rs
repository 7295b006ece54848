use std::{
    io,
    net::{SocketAddr, TcpListener, ToSocketAddrs},
    sync::Arc,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;

use super::{answer::answer, hosts::Hosts, show::Show};
use crate::commands::Broken;

/// How many ports after one that is taken are tried.
const TRIED: u16 = 100;

/// A listener on `host` at `port` or, where that is taken, at the next free one: then also which port was.
pub(super) fn bind(host: &str, port: u16) -> Result<(TcpListener, Option<u16>), Broken> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let last = port.saturating_add(TRIED);
    for tried in port..=last {
        let addresses: Vec<SocketAddr> =
            (host, tried).to_socket_addrs().map_err(|error| refused(host, &error))?.collect();
        match TcpListener::bind(&*addresses) {
            Ok(listener) => return Ok((listener, (tried != port).then_some(port))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(refused(&format!("{host}:{tried}"), &error)),
        }
    }
    Err(Broken::new(format!("every port from {port} to {last} is taken")).help("give another with `--port`"))
}

pub(super) fn refused(host: &str, error: &io::Error) -> Broken {
    Broken::new(format!("nothing can be served on `{host}`: {error}"))
        .help("give an address of this machine with `--host`, and a port from 1024 on with `--port`")
}

/// The address as a browser takes it: what listens everywhere is reached here.
pub(super) fn shown(address: SocketAddr) -> SocketAddr {
    let mut shown = address;
    if address.ip().is_unspecified() {
        shown.set_ip(if address.is_ipv4() {
            std::net::Ipv4Addr::LOCALHOST.into()
        } else {
            std::net::Ipv6Addr::LOCALHOST.into()
        });
    }
    shown
}

/// Answers whoever asks, for as long as the process lives.
pub(super) fn serve(listener: TcpListener, hosts: &Arc<Hosts>, show: &Arc<Show>) -> Result<(), Broken> {
    let broken = |error: io::Error| Broken::new(format!("the server cannot go on: {error}"));
    listener.set_nonblocking(true).map_err(broken)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(broken)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener).map_err(broken)?;
        loop {
            // A connection that was given up again, or too many of them, pass.
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(std::time::Duration::from_millis(20)).await;
                continue;
            };
            // Small answers go out at once.
            let _ = stream.set_nodelay(true);
            let (hosts, show) = (hosts.clone(), show.clone());
            tokio::spawn(async move {
                let service = service_fn(move |request| {
                    let (hosts, show) = (hosts.clone(), show.clone());
                    async move { Ok::<_, std::convert::Infallible>(answer(request, &hosts, &show).await) }
                });
                // A browser that goes away in the middle is no mistake.
                let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
            });
        }
    })
}
