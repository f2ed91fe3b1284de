//! Where the assets are, and the annotator made from them.

use crate::error::Error;
use mingzhu::{Annotator, Assets};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with dictionary.mz, gazetteer.mz and model.mz [default: assets/ beside the
    /// executable, else that of the source tree]
    #[arg(long, global = true, value_name = "DIR", env = "MINGZHU_ASSETS")]
    assets: Option<PathBuf>,
}

/// Reads the assets.
pub fn load(arguments: &Arguments) -> Result<Annotator, Error> {
    let folder = arguments.assets.clone().unwrap_or_else(default_folder);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|source| Error::Asset { path, source })
    };
    let (dictionary, gazetteer, model) = (read("dictionary.mz")?, read("gazetteer.mz")?, read("model.mz")?);
    Ok(Annotator::load(Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model })?)
}

fn default_folder() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("assets")));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets");
    beside.filter(|folder| folder.is_dir()).unwrap_or(source)
}
