//! Folders under addresses.

use crate::error::{Error, Result};
use crate::project;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tiny_http::{Header, Method, Request, Response, Server};

/// Enough for the six connections a browser opens to a host.
const THREADS: usize = 6;

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
        match Server::http(&address) {
            Ok(server) => Ok(Listening { server: Arc::new(server), site: Arc::new(self) }),
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

    fn answer(&self, request: Request) {
        let allowed = matches!(request.method(), Method::Get | Method::Head);
        let found = self.file(request.url()).filter(|_| allowed).and_then(|file| {
            let opened = File::open(&file).ok()?;
            opened.metadata().ok()?.is_file().then_some((file, opened))
        });
        // A browser that goes away before it has everything is no matter.
        let _ = match found {
            Some((file, opened)) => request.respond(
                Response::from_file(opened)
                    // In chunks it would have no length, and a download no progress.
                    .with_chunked_threshold(usize::MAX)
                    .with_header(header("Content-Type", media_type(&file)))
                    // With it, a wrong type above breaks the page here as it would elsewhere.
                    .with_header(header("X-Content-Type-Options", "nosniff"))
                    .with_header(header("Cache-Control", "no-store")),
            ),
            None => {
                let status = if allowed { 404 } else { 405 };
                let text = if allowed { "nothing here\n" } else { "only GET and HEAD\n" };
                request.respond(
                    Response::from_string(text)
                        .with_status_code(status)
                        .with_header(header("Cache-Control", "no-store")),
                )
            }
        };
    }
}

/// A site that accepts requests.
pub struct Listening {
    server: Arc<Server>,
    site: Arc<Site>,
}

impl Listening {
    /// Where it is.
    pub fn address(&self) -> String {
        let port = self.server.server_addr().to_ip().map_or(0, |address| address.port());
        format!("http://127.0.0.1:{port}/")
    }

    /// Answers until the process ends.
    pub fn serve(self) {
        std::thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(|| self.server.incoming_requests().for_each(|request| self.site.answer(request)));
            }
        });
    }
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).expect("headers are written in ASCII here")
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
