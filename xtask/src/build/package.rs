//! pkg/: what npm publishes, put together from what is built and what is written by hand.

use crate::error::{Error, Result};
use crate::project;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files an annotator is made from, the townships it is told on demand, and what only the desk loads.
const ASSETS: [&str; 5] = ["dictionary.mz", "gazetteer.mz", "townships.mz", "model.mz", "confusables.mz"];

/// The model for who asks for a better and larger one.
const LARGE: &str = "model-large.mz";

/// Fills pkg/ and removes from it what no longer belongs there.
///
/// The folder itself stays, so that a server that is running goes on serving it.
pub fn assemble(bindings: &Path) -> Result<PathBuf> {
    let mut package = Package { folder: project::path("pkg"), files: BTreeSet::new() };
    package.copy_folder(&project::path("js"), "")?;
    package.copy_folder(bindings, "wasm")?;
    for asset in ASSETS {
        let path = project::path("assets").join(asset);
        if path.exists() {
            package.copy(&path, &format!("assets/{asset}"))?;
        } else {
            eprintln!("warning: {} is missing; `cargo xtask train` makes it", path.display());
        }
    }
    let large = project::path("assets").join(LARGE);
    if large.exists() {
        package.copy(&large, &format!("assets/{LARGE}"))?;
    }
    for document in
        ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY.md"]
    {
        let path = project::path(document);
        // js/ has a README of its own, for npm.
        if path.exists() && !package.files.contains(Path::new(document)) {
            package.copy(&path, document)?;
        }
    }
    // The contract, the cards of the assets, and what the README points to; not the pictures of the site.
    package.copy_files(&project::path("docs"), "docs")?;
    package.sweep("")?;
    Ok(package.folder)
}

struct Package {
    folder: PathBuf,
    /// What was put in, relative to the folder.
    files: BTreeSet<PathBuf>,
}

impl Package {
    fn copy(&mut self, from: &Path, to: &str) -> Result<()> {
        let target = self.folder.join(to);
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent).map_err(Error::file(parent))?;
        }
        fs::copy(from, &target).map_err(Error::file(from))?;
        readable(&target).map_err(Error::file(&target))?;
        self.files.insert(to.into());
        Ok(())
    }

    fn copy_folder(&mut self, from: &Path, to: &str) -> Result<()> {
        if !from.exists() {
            return Ok(());
        }
        for entry in entries(from)? {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let to = if to.is_empty() { name.into_owned() } else { format!("{to}/{name}") };
            if entry.path().is_dir() {
                self.copy_folder(&entry.path(), &to)?;
            } else {
                self.copy(&entry.path(), &to)?;
            }
        }
        Ok(())
    }

    /// The files of a folder without the folders in it.
    fn copy_files(&mut self, from: &Path, to: &str) -> Result<()> {
        for entry in entries(from)?.into_iter().filter(|entry| entry.path().is_file()) {
            self.copy(&entry.path(), &format!("{to}/{}", entry.file_name().to_string_lossy()))?;
        }
        Ok(())
    }

    /// Removes files of an earlier build.
    fn sweep(&self, inside: &str) -> Result<()> {
        for entry in entries(&self.folder.join(inside))? {
            let path = entry.path();
            let relative = path.strip_prefix(&self.folder).unwrap_or(&path);
            if path.is_dir() {
                self.sweep(&relative.to_string_lossy())?;
                // Fails, rightly, while anything is left in it.
                let _ = fs::remove_dir(&path);
            } else if !self.files.contains(relative) {
                fs::remove_file(&path).map_err(Error::file(&path))?;
            }
        }
        Ok(())
    }
}

/// What is in the packages, file by file.
pub fn contents() -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = ["pkg", "pkg-desk", "pkg-inline"].map(project::path).into();
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)?.into_iter().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = fs::read(&path).map_err(Error::file(&path))?;
                found.insert(path, content);
            }
        }
    }
    Ok(found)
}

/// What is checked out has the permissions that a umask left it, and they would go into the package.
fn readable(_file: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(_file, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    Ok(())
}

fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>> {
    let read = || fs::read_dir(folder)?.collect::<std::io::Result<Vec<_>>>();
    read().map_err(Error::file(folder))
}
