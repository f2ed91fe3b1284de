//! Where things are.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    // Cargo sets the variable for what it runs; the compiled-in path serves a copied binary.
    let manifest = std::env::var("CARGO_MANIFEST_DIR").unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&manifest).parent().map_or_else(|| ".".into(), Path::to_owned)
}

/// A path in the repository.
pub fn path(inside: &str) -> PathBuf {
    root().join(inside)
}
