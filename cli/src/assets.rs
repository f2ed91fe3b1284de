//! Where the assets are, and the annotator made from them.

use crate::error::Error;
use mingzhu::{Annotator, Assets};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with dictionary.mz, gazetteer.mz and the model [default: assets/ beside the
    /// executable, else that of the source tree]
    #[arg(long, global = true, value_name = "DIR", env = "MINGZHU_ASSETS")]
    assets: Option<PathBuf>,
    /// Which model to annotate with
    #[arg(long, global = true, value_enum, default_value_t = Model::Core)]
    model: Model,
}

impl Arguments {
    /// The divisions below counties.
    pub fn townships(&self) -> Result<Vec<u8>, Error> {
        let path = self.assets.clone().unwrap_or_else(default_folder).join("townships.mz");
        std::fs::read(&path).map_err(|source| Error::Asset { path, source })
    }
}

/// The sizes a model comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Model {
    /// The one for readers: small and fast
    Core,
    /// Finds more, and takes its time
    Large,
}

impl Model {
    fn file(self) -> &'static str {
        match self {
            Model::Core => "model.mz",
            Model::Large => "model-large.mz",
        }
    }
}

/// Reads the assets.
pub fn load(arguments: &Arguments) -> Result<Annotator, Error> {
    let folder = arguments.assets.clone().unwrap_or_else(default_folder);
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|source| Error::Asset { path, source })
    };
    let file = arguments.model.file();
    let (dictionary, gazetteer, model) = (read("dictionary.mz")?, read("gazetteer.mz")?, read(file)?);
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    Ok(Annotator::load_with_model(assets, file)?)
}

fn default_folder() -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("assets")));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets");
    beside.filter(|folder| folder.is_dir()).unwrap_or(source)
}
