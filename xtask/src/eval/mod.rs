//! `cargo xtask eval`: how often the annotator is right.

mod bootstrap;
mod corpus;
mod counts;
mod empty;
mod goals;
mod gold;
mod known;
mod predict;
mod report;
mod resolution;
mod traditional;
mod unseen;

use crate::error::{Error, Result};
use crate::{document, process, project};
use bootstrap::interval;
use counts::Counts;
use goals::{Goal, Limit};
use gold::{Passage, Score};
use predict::Program;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Arguments {
    /// Folder with data/ and gold/; they may not be published, so they are not in the
    /// repository
    #[arg(long, value_name = "DIR", default_value = "../shared")]
    data: PathBuf,
    /// Only these parts
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',')]
    only: Vec<Part>,
    /// The size of the model
    #[arg(long, value_enum, default_value_t)]
    model: Model,
    /// Folder with the assets [default: assets/]
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// Folder with the files of the Unihan database, for `--only roster`
    #[arg(long, value_name = "DIR", requires = "shapes", required_if_eq("only", "roster"))]
    unihan: Option<PathBuf>,
    /// pycorrector's `same_stroke.txt`, for `--only roster`
    #[arg(long, value_name = "FILE", requires = "unihan")]
    shapes: Option<PathBuf>,
    /// Print every false alarm with what stands around it
    #[arg(long)]
    list: bool,
    /// Write the tables into docs/accuracy.md
    #[arg(long, conflicts_with_all = ["only", "assets"])]
    write: bool,
}

/// What can be measured by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// Whole passages by the house guideline
    Gold,
    /// Who is who: entities, references, divisions, ties
    Resolution,
    /// The same in Traditional characters
    Traditional,
    /// Text without names
    Empty,
    /// Labelled corpora, each by its own guideline
    Corpora,
    /// Whether scores are probabilities
    Scores,
    /// Planted errors that a check against a roster finds, and what it doubts wrongly; fails below its floors
    Roster,
    /// What is known to go wrong, as `cargo test --test regression` found it
    Known,
}

/// Sizes of the model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Model {
    /// What a page loads if nobody asks for another
    #[default]
    Core,
    /// For the desk and the command line
    Large,
}

impl Model {
    /// Its section in docs/accuracy.md.
    fn section(self) -> &'static str {
        match self {
            Model::Core => "eval",
            Model::Large => "eval-large",
        }
    }

    fn file(self) -> &'static str {
        match self {
            Model::Core => "model.mz",
            Model::Large => "model-large.mz",
        }
    }
}

/// Scores the gold passages, in both scripts, who is who in them, text without names, and every labelled test and
/// dev set.
pub fn run(arguments: &Arguments) -> Result<()> {
    let folder = project::root().join(&arguments.data);
    if !folder.join("gold").is_dir() || !folder.join("data").is_dir() {
        return Err(Error::NoData { folder });
    }
    let assets = arguments.assets.clone().unwrap_or_else(|| project::path("assets"));
    let mut options = vec!["--assets".to_owned(), assets.to_string_lossy().into_owned()];
    if arguments.model == Model::Large {
        options.extend(["--model".into(), "large".into()]);
    }
    let program = Program::build(options)?;
    let eval = Eval { folder, program, goals: Vec::new(), tables: Vec::new(), who: String::new() };
    let (tables, who) = eval.run(arguments, &assets)?;
    println!("{}", [&*tables, &*who].join("\n\n").trim());
    if !arguments.write {
        return Ok(());
    }
    if arguments.model == Model::Core {
        document::write("offices.md", "resolution", &who)?;
    }
    document::write("accuracy.md", arguments.model.section(), &tables)
}

/// What is measured so far.
struct Eval {
    folder: PathBuf,
    program: Program,
    goals: Vec<Goal>,
    tables: Vec<String>,
    /// Who is who, which has a page of its own.
    who: String,
}

impl Eval {
    fn run(mut self, arguments: &Arguments, assets: &Path) -> Result<(String, String)> {
        let asked = |part| arguments.only.is_empty() || arguments.only.contains(&part);
        if asked(Part::Corpora) {
            self.corpora()?;
        }
        if asked(Part::Gold) || asked(Part::Traditional) {
            for name in ["dev", "seed"] {
                self.gold(name, asked(Part::Gold), asked(Part::Traditional))?;
            }
        }
        if asked(Part::Resolution) {
            self.who = self.resolution(assets)?;
        }
        if asked(Part::Empty) {
            self.empty(arguments.list)?;
        }
        if asked(Part::Scores) {
            self.tables.push(self.scores(assets, arguments.model)?);
        }
        if let Some((unihan, shapes)) = arguments.unihan.as_deref().zip(arguments.shapes.as_deref())
            && asked(Part::Roster)
        {
            self.roster(unihan, shapes)?;
        }
        if asked(Part::Known) && arguments.model == Model::Core {
            self.tables.push(known::table()?);
        }
        if !self.goals.is_empty() {
            self.tables.insert(0, goals::table(&self.goals));
        }
        Ok((self.tables.join("\n\n"), self.who))
    }

    fn gold(&mut self, name: &str, simplified: bool, traditional: bool) -> Result<()> {
        let passages = gold::read(&self.folder.join("gold").join(format!("{name}.jsonl")))?;
        let scores = self.annotate(&passages)?;
        let is_dev = name == "dev";
        if simplified {
            self.tables.push(report::gold(name, &passages, &scores));
            if is_dev {
                self.goals.extend(gold_goals(&scores));
            }
        }
        if traditional {
            let mut rows = vec![("Simplified, as published", scores.iter().sum::<Score>())];
            for form in traditional::FORMS {
                let scores = self.annotate(&form.convert(&passages)?)?;
                rows.push((form.name, scores.iter().sum()));
            }
            self.tables.push(report::traditional(name, &rows));
            if is_dev {
                let lost = |row: &(&str, Score)| 100.0 * (rows[0].1.micro.f1() - row.1.micro.f1());
                self.goals.push(Goal {
                    what: "gold/dev in Traditional characters: points of F1 lost in the worst form",
                    measured: rows[1..].iter().map(lost).fold(f64::NEG_INFINITY, f64::max),
                    range: None,
                    must: Limit::AtMost(2.0),
                    aim: None,
                    part: "traditional",
                });
            }
        }
        Ok(())
    }

    fn annotate(&self, passages: &[Passage]) -> Result<Vec<Score>> {
        let answers = self.program.articles(passages.iter().map(|passage| passage.text.as_str()))?;
        gold::score(passages, &answers)
    }

    /// With the gold's names and titles put in, and on what the tagger finds.
    fn resolution(&self, assets: &Path) -> Result<String> {
        let (mut tables, mut gold, mut drawn) = (Vec::new(), Ways::default(), Ways::default());
        for name in ["dev", "seed"] {
            let file = self.folder.join("gold").join(format!("{name}.jsonl"));
            let truth = project::path(&format!("tests/resolution/{name}.jsonl"));
            tables.push(self.who(&format!("gold/{name}"), (&file, &truth), assets, &mut gold)?);
        }
        for set in ["unseen", "local", "references"] {
            let file = unseen::gold(&self.folder, set)?;
            let name = format!("what it was not tuned on (tests/resolution/{set})");
            tables.push(self.who(&name, (&file, &file), assets, &mut drawn)?);
        }
        tables.insert(0, goals::table(&resolution_goals(&gold, &drawn)));
        Ok(tables.join("\n\n"))
    }

    /// The table of a set, whose scores join those of others.
    fn who(
        &self,
        name: &str,
        (file, truth): (&Path, &Path),
        assets: &Path,
        all: &mut Ways,
    ) -> Result<String> {
        let passages = gold::read(file)?;
        let truths = resolution::read(truth, &passages)?;
        let scores = |answers: Vec<resolution::Answer>| -> Vec<resolution::Score> {
            let both = passages.iter().zip(&truths).zip(&answers);
            both.map(|((passage, truth), answer)| resolution::score(passage, truth, answer)).collect()
        };
        let put_in = scores(predict::resolve(file, assets)?);
        let found = scores(self.program.full(passages.iter().map(|passage| passage.text.as_str()))?);
        let rows = [
            ("the gold's names and titles put in", put_in.iter().sum()),
            ("names that the tagger found", found.iter().sum()),
        ];
        all.put_in.extend(put_in);
        all.found.extend(found);
        Ok(resolution::table(name, &rows))
    }

    fn empty(&mut self, list: bool) -> Result<()> {
        let sentences = empty::sentences(&self.folder)?;
        let answers = self.program.articles(sentences.iter().map(|sentence| sentence.text.as_str()))?;
        if list {
            print!("{}", report::alarms(&sentences, &answers));
        }
        let counts: Vec<(usize, usize)> = (sentences.iter().zip(&answers))
            .map(|(sentence, answer)| (answer.mentions.len(), sentence.text.chars().count()))
            .collect();
        let rate = |counts: &mut dyn Iterator<Item = &(usize, usize)>| {
            let (alarms, length) = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
            1e4 * alarms as f64 / length.max(1) as f64
        };
        self.goals.push(Goal {
            what: "false alarms in 10,000 characters of text without names",
            measured: rate(&mut counts.iter()),
            range: Some(interval(&counts, rate)),
            must: Limit::AtMost(5.0),
            aim: Some(Limit::AtMost(1.0)),
            part: "empty",
        });
        self.tables.push(report::empty(&sentences, &answers));
        Ok(())
    }

    fn corpora(&mut self) -> Result<()> {
        let mut rows = Vec::new();
        for set in corpus::SETS {
            let sentences = corpus::read(&self.folder.join("data"), set.name)?;
            let answers = self.program.labels(set.guideline, &sentences)?;
            let scores = answers.map(|answers| set.score(&sentences, &answers));
            let goal = GOALS_OF_CORPORA.iter().find(|goal| goal.0 == set.name);
            if let (Some((_, what, must, aim)), Ok(scores)) = (goal, &scores) {
                let f1 = |scores: &mut dyn Iterator<Item = &[Option<Counts>; 4]>| {
                    scores.flatten().flatten().copied().sum::<Counts>().f1()
                };
                self.goals.push(Goal {
                    what,
                    measured: f1(&mut scores.iter()),
                    range: Some(interval(scores, f1)),
                    must: Limit::AtLeast(*must),
                    aim: Some(Limit::AtLeast(*aim)),
                    part: "corpora",
                });
            }
            rows.push(report::Row::new(set, scores));
        }
        self.tables.push(report::corpora(&rows));
        Ok(())
    }

    /// The tables are printed as they come: they belong into docs/roster.md.
    fn roster(&self, unihan: &Path, shapes: &Path) -> Result<()> {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        let path = |path: &Path| text(&project::root().join(path));
        process::run(process::cargo(&[
            "run",
            "--quiet",
            "--release",
            "--example",
            "planted",
            "--",
            &text(&self.folder),
            &path(unihan),
            &path(shapes),
        ]))
    }

    /// The training code knows how scores are corrected, so it says how well that works.
    fn scores(&self, assets: &Path, model: Model) -> Result<String> {
        let gold = |name: &str| self.folder.join("gold").join(name).to_string_lossy().into_owned();
        let asset = |name: &str| assets.join(name).to_string_lossy().into_owned();
        let tables = process::output(process::cargo(&[
            "run",
            "--quiet",
            "--release",
            "--package",
            "mingzhu-training",
            "--",
            "calibrate",
            "--dictionary",
            &asset("dictionary.mz"),
            "--gazetteer",
            &asset("gazetteer.mz"),
            "--model",
            &asset(model.file()),
            "--gold",
            &gold("dev.jsonl"),
            "--unseen",
            &gold("seed.jsonl"),
        ]))?;
        Ok(format!("### Scores as probabilities\n\n{}", tables.trim_end()))
    }
}

/// Set, what tables call its figure, must and aim.
const GOALS_OF_CORPORA: [(&str, &str, f64, f64); 2] = [
    ("msra/test", "MSRA test by its own guideline, F1", 0.925, 0.95),
    ("cluener/dev", "CLUENER dev by its own guideline, F1", 0.80, 0.85),
];

/// Scores of resolving by where the names come from.
#[derive(Default)]
struct Ways {
    put_in: Vec<resolution::Score>,
    found: Vec<resolution::Score>,
}

/// Of the gold, and the same of what was drawn by chance, where little hangs on the tagger.
fn resolution_goals(Ways { put_in, found }: &Ways, drawn: &Ways) -> Vec<Goal> {
    type Figure = fn(&resolution::Score) -> f64;
    let goal = |what, scores: &[resolution::Score], must, figure: Figure| {
        let of = |scores: &mut dyn Iterator<Item = &resolution::Score>| figure(&scores.sum());
        let range = Some(interval(scores, of));
        Goal { what, measured: of(&mut scores.iter()), range, must, aim: None, part: "resolution" }
    };
    let (least, most) = (Limit::AtLeast, Limit::AtMost);
    vec![
        goal("entities, names put in, B³ F1", put_in, least(0.95), |s| s.b3()),
        goal("references right, names put in", put_in, least(0.9), |s| s.references().accuracy()),
        goal("references wrong, names put in", put_in, most(0.02), |s| s.references().wrong()),
        goal("ties found, names put in", put_in, least(0.96), |s| s.tie_recall()),
        goal("ties right, names put in", put_in, least(0.96), |s| s.tie_precision()),
        goal("official or not, names put in", put_in, least(0.96), |s| s.kind_accuracy()),
        goal("ties found of people found", found, least(0.93), |s| s.tie_recall()),
        goal("ties right of people found", found, least(0.93), |s| s.tie_precision()),
        goal("official or not of people found", found, least(0.95), |s| s.kind_accuracy()),
        goal("drawn by chance: entities, names put in, B³ F1", &drawn.put_in, least(0.95), |s| s.b3()),
        goal("drawn by chance: references right, names put in", &drawn.put_in, least(0.9), |s| {
            s.references().accuracy()
        }),
        goal("drawn by chance: references wrong, names put in", &drawn.put_in, most(0.02), |s| {
            s.references().wrong()
        }),
        goal("drawn by chance: ties found, names put in", &drawn.put_in, least(0.96), |s| s.tie_recall()),
        goal("drawn by chance: ties right, names put in", &drawn.put_in, least(0.96), |s| s.tie_precision()),
        goal("drawn by chance: official or not, names put in", &drawn.put_in, least(0.96), |s| {
            s.kind_accuracy()
        }),
        goal("drawn by chance: ties right of people found", &drawn.found, least(0.93), |s| s.tie_precision()),
        goal("drawn by chance: official or not of people found", &drawn.found, least(0.95), |s| {
            s.kind_accuracy()
        }),
    ]
}

fn gold_goals(scores: &[Score]) -> Vec<Goal> {
    let goal = |what, must, aim, figure: fn(&Score) -> f64| {
        let of = |scores: &mut dyn Iterator<Item = &Score>| figure(&scores.sum());
        Goal {
            what,
            measured: of(&mut scores.iter()),
            range: Some(interval(scores, of)),
            must: Limit::AtLeast(must),
            aim: Some(Limit::AtLeast(aim)),
            part: "gold",
        }
    };
    vec![
        goal("gold/dev, four kinds, F1", 0.82, 0.93, |score| score.micro.f1()),
        goal("gold/dev, people as one kind, F1", 0.87, 0.95, |score| score.merged.f1()),
        goal("gold/dev, person–title ties found", 0.82, 0.95, |score| score.ties.recall()),
        goal("gold/dev, person–title ties right", 0.90, 0.95, |score| score.ties.precision()),
    ]
}
