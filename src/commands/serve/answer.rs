use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    sync::Arc,
};

use http_body_util::{Either, Full, channel::Channel};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode,
    body::{Bytes, Incoming},
    header::{self, HeaderValue},
};
use percent_encoding::percent_decode_str;

use super::{
    events,
    hosts::Hosts,
    media,
    policy::fitted,
    show::{Show, State},
    site::{Reply, Site},
};
use crate::model::encode_path;

/// Where our own script and events stand, below the base.
const OURS: &str = "_brief/";
const SCRIPT: &str = include_str!("reload.js");

/// Files are sent in pieces of so many bytes.
const PIECE: usize = 128 << 10;

pub(super) type Body = Either<Full<Bytes>, Channel<Bytes, io::Error>>;

/// What is asked for.
struct Asked {
    head: bool,
    /// The host that it was asked from, as the browser names it.
    host: String,
    /// The path, decoded.
    decoded: String,
    query: Option<String>,
    range: Option<String>,
}

/// Answers a request from what is shown now.
pub(super) async fn answer(request: Request<Incoming>, hosts: &Hosts, show: &Arc<Show>) -> Response<Body> {
    let host = match host(&request) {
        Some(host) if hosts.allow(&host) => host,
        host => return stranger(&host.unwrap_or_default()),
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let Ok(decoded) = percent_decode_str(request.uri().path()).decode_utf8() else {
        return text(StatusCode::BAD_REQUEST, "the address is not UTF-8");
    };
    let head = request.method() == Method::HEAD;
    // A range is one of what GET brings; and nothing here has a name by which a browser could know it again.
    let is_ranged = !head && !request.headers().contains_key(header::IF_RANGE);
    let asked = Asked {
        head,
        host,
        decoded: decoded.into_owned(),
        query: request.uri().query().map(str::to_owned),
        range: one(request.headers(), &header::RANGE).filter(|_| is_ranged).map(str::to_owned),
    };
    let state = show.now();
    let ours = asked.decoded.strip_prefix(state.base()).and_then(|below| below.strip_prefix(OURS));
    match ours {
        Some("reload.js") => own(&asked, "text/javascript; charset=utf-8", SCRIPT),
        Some("events") if !is_same_site(request.headers(), hosts) => {
            text(StatusCode::FORBIDDEN, "only pages of this site are told")
        }
        Some("events") if asked.head => own(&asked, "text/event-stream", ""),
        Some("events") => {
            let mut response = own(&asked, "text/event-stream", "");
            response.headers_mut().remove(header::CONTENT_LENGTH);
            *response.body_mut() = Either::Right(events::stream(show.clone()));
            response
        }
        _ => of_the_site(&asked, &state, show).await,
    }
}

/// The host that a request names: in its first line, or else in its one `Host` (RFC 9112, 3.2).
fn host(request: &Request<Incoming>) -> Option<String> {
    let named = one(request.headers(), &header::HOST)?;
    Some(request.uri().authority().map_or(named, |authority| authority.as_str()).to_owned())
}

/// The value of the header `name`, where it is there once.
fn one<'a>(headers: &'a HeaderMap, name: &header::HeaderName) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    values.next()?.to_str().ok().filter(|_| values.next().is_none())
}

/// Whether the page that asks is of this site, as far as its browser says so (Fetch Metadata; RFC 6454).
fn is_same_site(headers: &HeaderMap, hosts: &Hosts) -> bool {
    let fetch = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    let is_near = fetch.is_none_or(|site| matches!(site, b"same-origin" | b"none"));
    let origin = headers.get(header::ORIGIN);
    is_near && origin.is_none_or(|origin| origin.to_str().is_ok_and(|origin| hosts.allow_origin(origin)))
}

async fn of_the_site(asked: &Asked, state: &State, show: &Show) -> Response<Body> {
    let Some(site) = &state.site else { return nothing_yet(asked, state, show) };
    let Some(below) = asked.decoded.strip_prefix(&*site.base) else {
        // Outside of it there is nothing, but whoever types the host alone means the site.
        if asked.decoded == "/" || format!("{}/", asked.decoded) == site.base {
            return moved(StatusCode::FOUND, &encode_path(&site.base));
        }
        return missing(asked, site, show).await;
    };
    let mut response = match site.ask(below).await {
        Reply::Bytes(path, bytes) => whole(asked, site, show, &path, bytes),
        Reply::File(path, file) => of_a_file(asked, &path, &file),
        Reply::Folder => {
            let query = asked.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
            moved(StatusCode::FOUND, &format!("{}/{query}", encode_path(&asked.decoded)))
        }
        Reply::Missing => match site.rules.moved_to(&asked.decoded) {
            Some((status, to)) => moved(status, &to),
            None => return missing(asked, site, show).await,
        },
        // By now the last good site may have taken its place.
        Reply::Failed => {
            let state = show.now();
            match &state.site {
                Some(other) if other.number != site.number => {
                    return Box::pin(of_the_site(asked, &state, show)).await;
                }
                _ => nothing_yet(asked, &state, show),
            }
        }
    };
    rule(&mut response, asked, site);
    response
}

/// The site's own page for what is not there.
async fn missing(asked: &Asked, site: &Site, show: &Show) -> Response<Body> {
    let mut response = match site.ask("404.html").await {
        Reply::Bytes(path, bytes) => whole(asked, site, show, &path, bytes),
        _ => text(StatusCode::NOT_FOUND, "there is nothing at this address"),
    };
    *response.status_mut() = StatusCode::NOT_FOUND;
    rule(&mut response, asked, site);
    response
}

/// Adds what the site's `_headers` say. How long something may be kept is left out: here everything may change at once.
fn rule(response: &mut Response<Body>, asked: &Asked, site: &Site) {
    let ours = |file: &str| format!("http://{}{}{OURS}{file}", asked.host, encode_path(&site.base));
    for (name, value) in site.rules.headers_at(&asked.decoded) {
        let value = match name {
            &header::CONTENT_SECURITY_POLICY => {
                let policy = fitted(value.to_str().unwrap_or_default(), &ours("reload.js"), &ours("events"));
                HeaderValue::try_from(policy).unwrap_or_else(|_| value.clone())
            }
            &header::CACHE_CONTROL
            | &header::CONTENT_LENGTH
            | &header::TRANSFER_ENCODING
            | &header::CONNECTION
            | &header::STRICT_TRANSPORT_SECURITY => continue,
            _ => value.clone(),
        };
        if *name == header::CONTENT_TYPE {
            response.headers_mut().insert(name, value);
        } else {
            response.headers_mut().append(name, value);
        }
    }
}

/// Bytes that were drawn; a page with our script tag.
fn whole(asked: &Asked, site: &Site, show: &Show, path: &str, bytes: Vec<u8>) -> Response<Body> {
    let media = media::of(path);
    if media.as_bytes().starts_with(b"text/html") {
        let tag = tag(&site.base, "site", &show.name(site.number));
        return sent(asked, StatusCode::OK, media, tagged(bytes, &tag).into());
    }
    let len = bytes.len() as u64;
    let bytes = Bytes::from(bytes);
    match ranged(asked, len) {
        Ranged::Whole => ranges(sent(asked, StatusCode::OK, media, bytes)),
        Ranged::Part(first, last) => {
            let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(bytes.len());
            part(
                sent(asked, StatusCode::PARTIAL_CONTENT, media, bytes.slice(place(first)..place(last + 1))),
                first,
                last,
                len,
            )
        }
        Ranged::Outside => outside(len),
    }
}

/// A file that is sent as it lies on disk.
fn of_a_file(asked: &Asked, path: &str, file: &Path) -> Response<Body> {
    let gone = || text(StatusCode::NOT_FOUND, "the file is gone");
    let Ok(opened) = File::open(file) else { return gone() };
    let Ok(len) = opened.metadata().map(|found| found.len()) else { return gone() };
    let media = media::of(path);
    let (status, first, count) = match ranged(asked, len) {
        Ranged::Whole => (StatusCode::OK, 0, len),
        Ranged::Part(first, last) => (StatusCode::PARTIAL_CONTENT, first, last - first + 1),
        Ranged::Outside => return outside(len),
    };
    let mut response = sent(asked, status, media, Bytes::new());
    response.headers_mut().insert(header::CONTENT_LENGTH, count.into());
    if !asked.head && count > 0 {
        *response.body_mut() = Either::Right(pieces(opened, first, count));
    }
    if status == StatusCode::PARTIAL_CONTENT {
        part(response, first, first + count - 1, len)
    } else {
        ranges(response)
    }
}

/// `count` bytes of a file from the byte `first` on.
fn pieces(mut file: File, first: u64, count: u64) -> Channel<Bytes, io::Error> {
    let (mut send, body) = Channel::new(2);
    tokio::spawn(async move {
        let mut left = count;
        let mut start = Some(first);
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let seek = start.take();
            let read = tokio::task::spawn_blocking(move || {
                if let Some(start) = seek {
                    file.seek(SeekFrom::Start(start))?;
                }
                let mut piece = vec![0; wanted];
                file.read_exact(&mut piece).map(|()| (file, piece))
            });
            match read.await {
                Ok(Ok((again, piece))) => {
                    file = again;
                    left -= piece.len() as u64;
                    if send.send_data(Bytes::from(piece)).await.is_err() {
                        return;
                    }
                }
                // It was cut short meanwhile: the browser must not take it for whole.
                Ok(Err(error)) => return send.abort(error),
                Err(error) => return send.abort(error.into()),
            }
        }
    });
    body
}

enum Ranged {
    Whole,
    /// From a byte to a byte.
    Part(u64, u64),
    Outside,
}

/// Which part of `len` bytes is asked for (RFC 9110, 14): one range. Several are answered with the whole, and so is what
/// is none.
fn ranged(asked: &Asked, len: u64) -> Ranged {
    let Some(Ok(ranges)) = asked.range.as_deref().map(http_range_header::parse_range_header) else {
        return Ranged::Whole;
    };
    match ranges.validate(len).as_deref() {
        Ok([one]) => Ranged::Part(*one.start(), *one.end()),
        Ok(_) => Ranged::Whole,
        Err(_) => Ranged::Outside,
    }
}

fn ranges(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    response
}

fn part(mut response: Response<Body>, first: u64, last: u64, len: u64) -> Response<Body> {
    if let Ok(value) = HeaderValue::try_from(format!("bytes {first}-{last}/{len}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    ranges(response)
}

fn outside(len: u64) -> Response<Body> {
    let mut response = text(StatusCode::RANGE_NOT_SATISFIABLE, "the file has no such bytes");
    if let Ok(value) = HeaderValue::try_from(format!("bytes */{len}")) {
        response.headers_mut().insert(header::CONTENT_RANGE, value);
    }
    response
}

/// While there is no site: what is wrong.
fn nothing_yet(asked: &Asked, state: &State, show: &Show) -> Response<Body> {
    let mut page = String::from(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>nothing to show yet</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<h1>Nothing to show yet</h1>\n\
         <p>The page comes by itself when this is mended:</p>\n",
    );
    if state.faults.list.is_empty() {
        page.push_str("<p>A file could not be read.</p>\n");
    }
    for fault in &state.faults.list {
        page.push_str("<pre dir=\"ltr\">");
        page.push_str(&quick_xml::escape::escape(&*fault.text));
        page.push_str("</pre>\n");
    }
    page.push_str(&tag(state.base(), "round", &show.round(state)));
    page.push_str("</html>\n");
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    sent(asked, StatusCode::SERVICE_UNAVAILABLE, html, page.into())
}

/// Our script tag, which tells the script what its page shows.
fn tag(base: &str, of: &str, name: &str) -> String {
    let base = encode_path(base);
    format!("<script src=\"{base}{OURS}reload.js\" data-{of}=\"{name}\" defer></script>\n")
}

/// `page` with `tag` at the end of its body.
fn tagged(mut page: Vec<u8>, tag: &str) -> Vec<u8> {
    let end = |name: &[u8]| page.windows(name.len()).rposition(|found| found.eq_ignore_ascii_case(name));
    let place = end(b"</body>").or_else(|| end(b"</html>")).unwrap_or(page.len());
    page.splice(place..place, tag.bytes());
    page
}

/// Our own files.
fn own(asked: &Asked, media: &'static str, text: &'static str) -> Response<Body> {
    let mut response =
        sent(asked, StatusCode::OK, HeaderValue::from_static(media), Bytes::from_static(text.as_bytes()));
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Bytes; to HEAD their length alone.
fn sent(asked: &Asked, status: StatusCode, media: HeaderValue, bytes: Bytes) -> Response<Body> {
    let len = bytes.len();
    let mut response = Response::new(Either::Left(Full::new(if asked.head { Bytes::new() } else { bytes })));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::CONTENT_LENGTH, len.into());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn moved(status: StatusCode, to: &str) -> Response<Body> {
    match HeaderValue::try_from(to) {
        Ok(to) => {
            let mut response = text(status, "it stands elsewhere");
            response.headers_mut().insert(header::LOCATION, to);
            response
        }
        Err(_) => text(StatusCode::NOT_FOUND, "there is nothing at this address"),
    }
}

fn stranger(host: &str) -> Response<Body> {
    let name: String =
        host.chars().filter(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(*c)).take(100).collect();
    let why = format!("this server does not answer to the host `{name}`; `--allow-host` lets it\n");
    text(StatusCode::FORBIDDEN, &why)
}

fn text(status: StatusCode, words: &str) -> Response<Body> {
    let mut response = Response::new(Either::Left(Full::new(Bytes::from(words.to_owned()))));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
