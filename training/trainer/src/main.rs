//! Trains the tagger's network on CPU cores and packs it into the model asset.

mod chain;
mod checkpoint;
mod columns;
mod course;
mod learn;
mod mean;
mod network;
mod optimiser;
mod pack;
mod parameters;
mod score;
mod teacher;
mod unpack;
mod vectors;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};
use mingzhu::tagger::{Label, TAGS};
use rand::SeedableRng;
use rand::rngs::SmallRng;
use thiserror::Error;

use checkpoint::Checkpoint;
use columns::{Columns, Vocabulary};
use course::{Course, Part};
use network::Drop;
use parameters::{Layout, Shape};
use vectors::Vectors;

/// What can stop a run.
#[derive(Debug, Error)]
enum Error {
    #[error("{path}: {cause}")]
    File { path: PathBuf, cause: std::io::Error },
    #[error("{folder}: the columns do not fit each other; make them anew")]
    Columns { folder: PathBuf },
    #[error("{path} is no checkpoint of this program")]
    Checkpoint { path: PathBuf },
    #[error("{path} is the state of another run: delete it to start over")]
    OtherRun { path: PathBuf },
    #[error("{path} holds no vectors in the binary form of word2vec")]
    Vectors { path: PathBuf },
    #[error("{path}: {detail}")]
    Lines { path: PathBuf, detail: String },
}

type Result<T> = std::result::Result<T, Error>;

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Learns to guess hidden characters of plain text.
    Pretrain {
        #[command(flatten)]
        run: Run,
        #[arg(long, value_enum)]
        size: Size,
        /// Folders of columns whose characters get rows of their own, and how often they must
        /// occur there: FOLDER=COUNT.
        #[arg(long, required = true)]
        vocabulary: Vec<Least>,
        /// Vectors of words (word2vec, binary), from which characters and bigrams begin.
        #[arg(long)]
        vectors: Option<PathBuf>,
    },
    /// Learns to tag.
    Train {
        #[command(flatten)]
        run: Run,
        /// Weights to go on from.
        #[arg(long, conflicts_with = "size")]
        start: Option<PathBuf>,
        #[arg(long, value_enum, required_unless_present = "start", requires = "vocabulary")]
        size: Option<Size>,
        #[arg(long)]
        vocabulary: Vec<Least>,
        /// As for `pretrain`.
        #[arg(long, conflicts_with = "start")]
        vectors: Option<PathBuf>,
        /// Labelled columns to score after each round.
        #[arg(long)]
        dev: Vec<PathBuf>,
        /// Share of the running average that each step renews.
        #[arg(long, default_value_t = 0.002)]
        renewal: f32,
        /// Learn with the big tables rounded as the asset has them.
        #[arg(long)]
        rounded: bool,
    },
    /// Writes what networks think together of each character into `soft.u8` beside columns.
    Teach {
        #[arg(long, required_unless_present = "encoder")]
        model: Vec<PathBuf>,
        /// How much of it is what an encoder thinks (`encoder.u8` beside the columns), 0 to 1.
        #[arg(long, default_value_t = 0.0)]
        encoder: f32,
        #[arg(long, required = true)]
        columns: Vec<PathBuf>,
    },
    /// F1 on labelled columns.
    Score {
        #[arg(long, required = true)]
        model: Vec<PathBuf>,
        #[arg(long, required = true)]
        dev: Vec<PathBuf>,
    },
    /// F1 on labelled columns of what `teach` wrote beside them.
    ScoreTaught {
        #[arg(long, required = true)]
        dev: Vec<PathBuf>,
    },
    /// Packs a network into the asset, and stores its scores of a few sentences for a test.
    Pack(pack::Arguments),
    /// Writes the mean of networks that one trained network became.
    Mean {
        /// Weights; those that are named twice count twice.
        #[arg(long, required = true)]
        model: Vec<PathBuf>,
        #[arg(long)]
        out: PathBuf,
    },
    /// Writes the weights that an asset holds, for training to go on from.
    Unpack {
        #[arg(long)]
        asset: PathBuf,
        #[arg(long)]
        out: PathBuf,
    },
}

/// What every run needs.
#[derive(Args)]
struct Run {
    /// Columns to learn from: FOLDER, FOLDER=SHARE of them in each round, or
    /// FOLDER=SHARE@SOFT, where SOFT of each tag is what the teacher said.
    #[arg(long, required = true)]
    text: Vec<Text>,
    #[arg(long)]
    rounds: usize,
    #[arg(long)]
    rate: f32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, default_value_t = 2)]
    threads: usize,
    #[arg(long, default_value_t = 0.15)]
    drop_hidden: f32,
    #[arg(long, default_value_t = 0.12)]
    drop_char: f32,
    #[arg(long, default_value_t = 0.4)]
    drop_bigram: f32,
    /// Where the averaged weights go; the state lies beside them while the run lasts.
    #[arg(long)]
    out: PathBuf,
}

impl Run {
    fn drop(&self) -> Drop {
        Drop {
            char: self.drop_char,
            bigram: self.drop_bigram,
            word: 0.1,
            lexicon: 0.2,
            hidden: self.drop_hidden,
        }
    }

    fn course<'a>(&self, renewal: f32, round: &'a (dyn Fn(&mut [f32]) + Sync)) -> Course<'a> {
        let state = self.out.with_extension("state");
        Course {
            rounds: self.rounds,
            rate: self.rate,
            renewal,
            seed: self.seed,
            threads: self.threads,
            round,
            state,
        }
    }

    fn parts(&self, vocabulary: &Vocabulary) -> Result<Vec<Part>> {
        self.text.iter().map(|text| Part::read(text, vocabulary)).collect()
    }
}

/// See [`Run::text`].
#[derive(Clone, Debug)]
struct Text {
    folder: PathBuf,
    share: f32,
    soft: f32,
}

impl FromStr for Text {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (folder, numbers) = text.split_once('=').unwrap_or((text, "1"));
        let (share, soft) = numbers.split_once('@').unwrap_or((numbers, "0"));
        Ok(Text { folder: folder.into(), share: share.parse()?, soft: soft.parse()? })
    }
}

/// FOLDER=COUNT.
#[derive(Clone, Debug)]
struct Least(PathBuf, u32);

impl FromStr for Least {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (folder, count) = text.split_once('=').unwrap_or((text, "2"));
        Ok(Least(folder.into(), count.parse()?))
    }
}

/// The shapes that ship.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Size {
    Core,
    Large,
}

impl Size {
    fn shape(self, vocabulary: &Vocabulary) -> Shape {
        let chars = vocabulary.rows();
        let guidelines = pack::GUIDELINES.len();
        match self {
            Size::Core => Shape {
                width: 96,
                char_dim: 64,
                bigram_dim: 32,
                bigram_rows: 1 << 15,
                kernel: 5,
                dilations: vec![1, 1, 2, 2, 4, 1],
                chars,
                guidelines,
            },
            Size::Large => Shape {
                width: 192,
                char_dim: 96,
                bigram_dim: 48,
                bigram_rows: 1 << 16,
                kernel: 5,
                dilations: vec![1, 1, 2, 2, 4, 4, 1],
                chars,
                guidelines,
            },
        }
    }
}

fn count(vocabulary: &[Least]) -> Result<Vocabulary> {
    Vocabulary::count(
        &vocabulary.iter().map(|Least(folder, count)| (folder.clone(), *count)).collect::<Vec<_>>(),
    )
}

/// A network that has learned nothing.
fn begin(
    size: Size,
    vocabulary: &[Least],
    vectors: Option<&Path>,
    seed: u64,
) -> Result<(Shape, Vocabulary, Vec<f32>)> {
    let vocabulary = count(vocabulary)?;
    let shape = size.shape(&vocabulary);
    let mut rng = SmallRng::seed_from_u64(seed);
    let mut weights = parameters::initial(&shape, &Layout::new(&shape), &mut rng);
    if let Some(vectors) = vectors {
        Vectors::read(vectors)?.lay(&shape, &vocabulary, &mut weights);
    }
    Ok((shape, vocabulary, weights))
}

fn pretrain(run: &Run, (shape, vocabulary, mut weights): (Shape, Vocabulary, Vec<f32>)) -> Result<()> {
    let layout = Layout::new(&shape);
    // The table that guesses begins as nothing: every character equally likely.
    weights.resize(layout.total + shape.chars * shape.width, 0.0);
    let drop = Drop { word: 0.5, lexicon: 0.5, char: 0.0, ..run.drop() };
    let network = (&shape, &layout);
    let share = run.drop_char;
    let course = run.course(0.002, &|_| ());
    let average = course.run(
        (&shape, &vocabulary),
        weights,
        &run.parts(&vocabulary)?,
        &|desk, weights, lesson, rng, gradient, _| {
            learn::characters(desk, network, weights, lesson, (&drop, share), rng, gradient)
        },
        |step, _, loss| println!("{step}: {loss:.4} for a hidden character"),
    )?;
    Checkpoint::write(&run.out, (&shape, &vocabulary), 0, &[&average[..layout.total]])?;
    course.end()
}

fn train(
    run: &Run,
    (shape, vocabulary, weights): (Shape, Vocabulary, Vec<f32>),
    dev: &[PathBuf],
    (renewal, rounded): (f32, bool),
) -> Result<()> {
    let layout = Layout::new(&shape);
    let network = (&shape, &layout);
    let drop = run.drop();
    let dev: Vec<(String, Columns)> = dev
        .iter()
        .map(|folder| Ok((name(folder), Columns::read(folder, &vocabulary)?)))
        .collect::<Result<_>>()?;
    let tables = |weights: &mut [f32]| pack::round_tables(network, weights, pack::LEVELS);
    let course = run.course(renewal, if rounded { &tables } else { &|_| () });
    let average = course.run(
        (&shape, &vocabulary),
        weights,
        &run.parts(&vocabulary)?,
        &|desk, weights, lesson, rng, gradient, _| {
            let loss = learn::tags(desk, network, weights, lesson, &drop, rng, gradient);
            let count = lesson.which.iter().map(|s| lesson.columns.sentences[*s as usize].len()).sum();
            (loss, count)
        },
        |step, average, loss| {
            println!("{step}: loss {loss:.4}");
            report(network, average, &dev);
        },
    )?;
    Checkpoint::write(&run.out, (&shape, &vocabulary), 0, &[&average])?;
    course.end()
}

/// F1 on each set, all labels and one by one.
fn report(network: (&Shape, &Layout), weights: &[f32], dev: &[(String, Columns)]) {
    for (name, columns) in dev {
        print(name, &score::count(network, weights, columns));
    }
}

fn print(name: &str, counts: &score::Counts) {
    let each: Vec<String> = (["PER", "PLACE", "ORG", "TITLE"].iter().zip(counts))
        .filter(|(_, counts)| counts[2] > 0)
        .map(|(label, counts)| format!("{label} {:.2}", score::f1(counts)))
        .collect();
    println!("  {name} {:.2} ({})", score::micro(counts), each.join(", "));
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn run(command: &Command) -> Result<()> {
    const { assert!(Label::ALL.len() * 4 + 1 == TAGS) };
    match command {
        Command::Pretrain { run, size, vocabulary, vectors } => {
            pretrain(run, begin(*size, vocabulary, vectors.as_deref(), run.seed)?)
        }
        Command::Train { run, start, size, vocabulary, vectors, dev, renewal, rounded } => {
            let network = match start {
                Some(start) => {
                    let start = Checkpoint::read(start)?;
                    (start.shape.clone(), start.vocabulary.clone(), start.weights())
                }
                None => begin(size.unwrap_or(Size::Core), vocabulary, vectors.as_deref(), run.seed)?,
            };
            train(run, network, dev, (*renewal, *rounded))
        }
        Command::Teach { model, encoder, columns } => teacher::teach(model, *encoder, columns),
        Command::Score { model, dev } => {
            for path in model {
                let model = Checkpoint::read(path)?;
                let (shape, vocabulary, layout) =
                    (model.shape.clone(), model.vocabulary.clone(), model.layout());
                let weights = model.weights();
                println!("{}", path.display());
                for folder in dev {
                    report(
                        (&shape, &layout),
                        &weights,
                        &[(name(folder), Columns::read(folder, &vocabulary)?)],
                    );
                }
            }
            Ok(())
        }
        Command::ScoreTaught { dev } => {
            for folder in dev {
                let columns = Columns::read(folder, &Vocabulary(Vec::new()))?;
                if columns.soft.is_empty() {
                    return Err(Error::Columns { folder: folder.clone() });
                }
                print(&name(folder), &score::count_taught(&columns));
            }
            Ok(())
        }
        Command::Pack(arguments) => pack::pack(arguments),
        Command::Mean { model, out } => mean::mean(model, out),
        Command::Unpack { asset, out } => unpack::unpack(asset, out),
    }
}

fn main() -> std::process::ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}
