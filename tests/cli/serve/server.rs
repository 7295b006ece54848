use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use snapbox::cmd::cargo_bin;

use crate::Desk;

/// So long at most anything is waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `brief serve`, which ends with the test.
pub(super) struct Server {
    process: Child,
    said: Arc<Mutex<String>>,
    /// The address that it says.
    pub(super) home: String,
}

/// What a server answered.
pub(super) struct Answer {
    pub(super) status: u16,
    head: String,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Server {
    /// One of `desk`, on any port.
    pub(super) fn of(desk: &Desk, arguments: &str) -> Self {
        Self::at_port(desk, 0, arguments)
    }

    pub(super) fn at_port(desk: &Desk, port: u16, arguments: &str) -> Self {
        let mut process = Command::new(cargo_bin!("brief"))
            .args(["serve", "--port", &port.to_string(), "--as-of", "2026-12-01T00:00Z"])
            .args(arguments.split_whitespace())
            .current_dir(desk.path())
            .env_remove("CLICOLOR_FORCE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = Arc::new(Mutex::new(String::new()));
        let streams: [Box<dyn Read + Send>; 2] =
            [Box::new(process.stdout.take().unwrap()), Box::new(process.stderr.take().unwrap())];
        for stream in streams {
            let said = said.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let mut said = said.lock().unwrap();
                    said.push_str(&line);
                    said.push('\n');
                }
            });
        }
        let mut server = Self { process, said, home: String::new() };
        server.wait(|| server.said().contains("http://"));
        let said = server.said();
        let start = said.find("http://").unwrap();
        said[start..].split(['"', ' ']).next().unwrap().clone_into(&mut server.home);
        server
    }

    /// Everything that it said so far.
    pub(super) fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    pub(super) fn process(&self) -> u32 {
        self.process.id()
    }

    pub(super) fn port(&self) -> u16 {
        let host = self.home.strip_prefix("http://").unwrap().split('/').next().unwrap();
        host.rsplit(':').next().unwrap().parse().unwrap()
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// Asks with more headers, each with its line end.
    pub(super) fn ask(&self, method: &str, path: &str, headers: &str) -> Answer {
        let port = self.port();
        raw(
            port,
            &format!(
                "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\r\n"
            ),
        )
    }

    pub(super) fn with_host(&self, path: &str, host: &str) -> Answer {
        raw(self.port(), &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    /// Waits until `path` shows `words`.
    pub(super) fn until(&self, path: &str, words: &str) {
        self.wait(|| self.get(path).text().contains(words));
    }

    pub(super) fn wait(&self, is_so: impl Fn() -> bool) {
        let begun = Instant::now();
        while !is_so() {
            assert!(begun.elapsed() < PATIENCE, "it never came to be; said so far:\n{}", self.said());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The events that pages receive.
    pub(super) fn events(&self) -> Events {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port())).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET /_brief/events HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n\r\n")
            .unwrap();
        let mut events = Events(BufReader::new(stream));
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert!(events.0.read_line(&mut line).unwrap() > 0);
            assert!(!line.starts_with("HTTP/") || line.contains("200"), "{line}");
        }
        events
    }

    /// Interrupts it, as Ctrl-C does, and waits for its end.
    #[cfg(unix)]
    pub(super) fn interrupt(&mut self) {
        use std::os::unix::process::ExitStatusExt;
        // The shell's own `kill` sends it.
        let kill = format!("kill -INT {}", self.process.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
        let status = self.process.wait().unwrap();
        assert_eq!((status.code(), status.signal()), (None, Some(2)), "a shell shows 130");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Server-sent events.
pub(super) struct Events(BufReader<TcpStream>);

impl Events {
    /// The next one.
    pub(super) fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended");
            if let Some(data) = line.trim_end().strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

/// Sends `request` as it is.
pub(super) fn raw(port: u16, request: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|found| found == b"\r\n\r\n").expect("an answer has a head");
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let answer = Answer { status, body: answer[end + 4..].to_vec(), head };
    if let Some(len) = answer.header("content-length").filter(|_| !request.starts_with("HEAD")) {
        assert_eq!(len, answer.body.len().to_string(), "the answer is whole: {request}");
    }
    answer
}

/// A page without our script tag, and how many it had.
pub(super) fn untagged(page: &[u8]) -> (Vec<u8>, usize) {
    let find = |from: usize, words: &[u8]| {
        page[from..].windows(words.len()).position(|found| found == words).map(|place| from + place)
    };
    let Some(script) = find(0, b"_brief/reload.js\"") else { return (page.to_vec(), 0) };
    let end = b" defer></script>\n";
    let last = find(script, end).expect("our tag ends") + end.len();
    let start = page[..script].windows(13).rposition(|found| found == b"<script src=\"").expect("it begins");
    let rest = [&page[..start], &page[last..]].concat();
    let more = untagged(&rest).1;
    (rest, 1 + more)
}
