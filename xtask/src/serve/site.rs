//! Folders under addresses.

use crate::error::{Error, Result};
use crate::project;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The longest line of a request that is read.
const LONGEST_LINE: u64 = 16 * 1024;

/// Which folder is served under which path.
#[derive(Debug, Default)]
pub struct Site {
    mounts: Vec<(String, PathBuf)>,
}

impl Site {
    /// A site without anything.
    pub fn new() -> Self {
        Site::default()
    }

    /// The demo page, with the package where it looks for it.
    pub fn demo() -> Self {
        Site::new().mount("/pkg/", project::path("pkg")).mount("/", project::path("www"))
    }

    /// The same site with a folder under `prefix`, which begins and ends with a slash.
    /// Of two that fit, the first counts.
    pub fn mount(mut self, prefix: &str, folder: PathBuf) -> Self {
        self.mounts.push((prefix.into(), folder));
        self
    }

    /// This site, and behind it another.
    pub fn and(mut self, other: Site) -> Self {
        self.mounts.extend(other.mounts);
        self
    }

    /// Starts listening on localhost.
    pub fn listen(self, port: u16) -> Result<Listening> {
        let address = format!("127.0.0.1:{port}");
        match TcpListener::bind(&address) {
            Ok(listener) => Ok(Listening { listener, site: Arc::new(self) }),
            Err(source) => Err(Error::Listen { address, source }),
        }
    }

    /// The file an address means, if it is inside a mounted folder.
    fn file(&self, url: &str) -> Option<PathBuf> {
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        let (prefix, folder) = self.mounts.iter().find(|(prefix, _)| path.starts_with(prefix.as_str()))?;
        let mut file = folder.clone();
        for part in path[prefix.len()..].split('/').filter(|part| !part.is_empty()) {
            // No way out of the folder, and nothing that a system reads differently.
            if part == ".." || part == "." || part.contains(['\\', ':', '\0']) {
                return None;
            }
            file.push(part);
        }
        if file.is_dir() { path.ends_with('/').then(|| file.join("index.html")) } else { Some(file) }
    }

    /// Answers what is asked over one connection, until the browser closes it.
    fn converse(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut reader = BufReader::new(stream.try_clone()?);
        while let Some(request) = Request::read(&mut reader)? {
            self.answer(&request, &mut stream)?;
            if !request.is_known() {
                // It may have a body, which would be taken for the next request.
                break;
            }
        }
        Ok(())
    }

    fn answer(&self, request: &Request, stream: &mut TcpStream) -> io::Result<()> {
        let found = self.file(&request.target).filter(|_| request.is_known()).and_then(|file| {
            let packed = request.takes_gzip.then(|| File::open(sibling(&file)).ok()).flatten();
            let encoding = if packed.is_some() { "Content-Encoding: gzip\r\n" } else { "" };
            let opened = packed.or_else(|| File::open(&file).ok())?;
            let about = opened.metadata().ok()?;
            about.is_file().then_some((file, opened, about.len(), encoding))
        });
        match found {
            Some((file, mut opened, length, encoding)) => {
                head(stream, "200 OK", media_type(&file), length, encoding)?;
                if request.method == "GET" {
                    io::copy(&mut opened, stream)?;
                }
            }
            None => {
                let (status, text) = if request.is_known() {
                    ("404 Not Found", "nothing here\n")
                } else {
                    ("405 Method Not Allowed", "only GET and HEAD\n")
                };
                head(stream, status, "text/plain; charset=utf-8", text.len() as u64, "")?;
                if request.method != "HEAD" {
                    stream.write_all(text.as_bytes())?;
                }
            }
        }
        Ok(())
    }
}

/// What servers that pack nothing by themselves look for beside a file.
fn sibling(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    name.into()
}

fn head(stream: &mut TcpStream, status: &str, media_type: &str, length: u64, more: &str) -> io::Result<()> {
    // With nosniff, a wrong type breaks the page here as it would elsewhere.
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {length}\r\n\
         X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n{more}\r\n"
    );
    stream.write_all(head.as_bytes())
}

/// What of a request makes a difference here.
#[derive(Debug)]
struct Request {
    method: String,
    target: String,
    takes_gzip: bool,
}

impl Request {
    /// The next request; nothing when the connection was closed.
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let Some(first) = line(reader)? else { return Ok(None) };
        let mut takes_gzip = false;
        while let Some(header) = line(reader)?.filter(|header| !header.is_empty()) {
            let header = header.to_ascii_lowercase();
            takes_gzip |= header.starts_with("accept-encoding:") && header.contains("gzip");
        }
        let mut words = first.split(' ').map(str::to_owned);
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        Ok(Some(Request { method, target, takes_gzip }))
    }

    fn is_known(&self) -> bool {
        self.method == "GET" || self.method == "HEAD"
    }
}

/// A line without its end; nothing at the end of the connection.
fn line(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = String::new();
    let read = reader.take(LONGEST_LINE).read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end().to_owned()))
}

/// A site that accepts requests.
pub struct Listening {
    listener: TcpListener,
    site: Arc<Site>,
}

impl Listening {
    /// Where it is.
    pub fn address(&self) -> String {
        let port = self.listener.local_addr().map_or(0, |address| address.port());
        format!("http://127.0.0.1:{port}/")
    }

    /// Answers until the process ends.
    pub fn serve(self) {
        for stream in self.listener.incoming().flatten() {
            let site = Arc::clone(&self.site);
            // One thread for each: browsers keep connections open, and nobody waits for another's end.
            // A browser that goes away before it has everything is no matter.
            std::thread::spawn(move || site.converse(stream));
        }
    }
}

/// What the file is called in HTTP. Modules and wasm are refused under any other name.
fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("webmanifest") => "application/manifest+json; charset=utf-8",
        Some("txt" | "md" | "ts") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml; charset=utf-8",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("webp") => "image/webp",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
