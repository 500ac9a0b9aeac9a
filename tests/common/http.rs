//! `tupu serve` as a child of the test, and plain HTTP/1.1 to it: the tests say every header themselves.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use assert_cmd::cargo::cargo_bin;

/// A server that has read its workspace; it ends with this.
pub struct Served {
    pub port: u16,
    child: Child,
    /// Kept open: the server may have more to say.
    _said: BufReader<ChildStderr>,
}

/// An answer as it came.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    head: String,
    pub body: String,
}

impl Served {
    /// Serves a workspace on a port that is free.
    pub fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(cargo_bin!("tupu"));
        command.arg("serve").arg("--kg").arg(folder).args(["--port", "0"]).args(arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim_end().trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("tupu: ready") {
            line.clear();
            assert_ne!(said.read_line(&mut line).unwrap(), 0, "the server has ended");
        }
        Self { port, child, _said: said }
    }

    /// Sends a request with these header lines and does not wait for the answer.
    pub fn send(&self, request: &str, headers: &[&str], body: &str) -> TcpStream {
        let mut head = format!("{request} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        let host = format!("Host: localhost:{}", self.port);
        let own = headers.iter().any(|line| line.starts_with("Host:"));
        for line in headers.iter().copied().chain((!own).then_some(host.as_str())) {
            head.push_str(line);
            head.push_str("\r\n");
        }
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        stream
    }

    /// Sends a request, `GET /path`, and reads the answer.
    pub fn ask(&self, request: &str, headers: &[&str], body: &str) -> Answer {
        let mut all = String::new();
        self.send(request, headers, body).read_to_string(&mut all).unwrap();
        let (head, body) = all.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }
}

impl Answer {
    /// The value of a header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(of, _)| of.eq_ignore_ascii_case(name)).map(|(_, value)| value).next().unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Where it has ended by itself there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Text in an address or a form.
pub fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}
