//! `gazetteer.mz`: divisions to county level, bodies, title heads, surnames; and
//! `townships.mz`: the level below.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use pinyin::ToPinyin as _;

use mingzhu::asset::{AssetKind, write_asset};

use crate::{Result, read_text, write};

/// Rarer ones are mostly common words (万, 高).
const SURNAMES: usize = 500;

pub fn make(tables: &Path, out: &Path) -> Result<()> {
    let table = |name: &str| read_text(&tables.join(name));
    let divisions = divisions(&table("divisions.tsv.gz")?);
    let bodies =
        words(table("central_bodies.tsv")?.lines().skip(1).flat_map(|l| l.split(['\t', ' ']).skip(1)));
    let suffixes = words(table("local_bodies.tsv")?.lines().skip(1).flat_map(|l| l.split(['\t', ' '])));
    let heads = words(table("title_heads.txt")?.lines());
    let central =
        forms(table("central_bodies.tsv")?.lines().skip(1).filter_map(|l| l.split_once('\t')).map(|l| l.1));
    let local = corrected(&forms(table("local_bodies.tsv")?.lines().skip(1)));
    let surnames: Vec<String> = table("surnames.txt")?.lines().take(SURNAMES).map(String::from).collect();
    let bytes = write_asset(
        AssetKind::Gazetteer,
        &[
            (b"DIVS", divisions.as_bytes()),
            (b"BODY", bodies.as_bytes()),
            (b"LOCL", suffixes.as_bytes()),
            (b"HEAD", heads.as_bytes()),
            (b"SURN", surnames.join("\n").as_bytes()),
            (b"CBOD", central.as_bytes()),
            (b"LBOD", local.as_bytes()),
            (b"PINY", hosts(&divisions).as_bytes()),
        ],
    );
    println!("{}: {} bytes", out.display(), bytes.len());
    write(out, &bytes)
}

/// How hosts of sites write provinces and cities: binzhou, with the code; a word that two share is
/// nobody's.
fn hosts(divisions: &str) -> String {
    /// Where a character's first reading is not the one of the name.
    const READ: [(&str, &str); 8] = [
        ("50", "chongqing"),
        ("61", "shaanxi"),
        ("15", "neimenggu"),
        ("3502", "xiamen"),
        ("3415", "luan"),
        ("1411", "lvliang"),
        ("51", "sichuan"),
        ("54", "xizang"),
    ];
    let mut words: BTreeMap<String, Option<&str>> = BTreeMap::new();
    for (code, name) in divisions.lines().filter_map(|line| line.split_once('\t')) {
        if code.len() > 4 {
            continue;
        }
        let ends =
            ["特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "地区", "盟"];
        let Some(stem) = ends.iter().find_map(|end| name.strip_suffix(end)) else { continue };
        let spoken = || stem.to_pinyin().map(|read| read.map_or("", |read| read.plain())).collect::<String>();
        let read = READ.iter().find(|(known, _)| *known == code).map(|(_, read)| (*read).to_owned());
        words.entry(read.unwrap_or_else(spoken)).and_modify(|known| *known = None).or_insert(Some(code));
    }
    let lines = words.iter().filter_map(|(word, code)| Some(format!("{word}\t{}", (*code)?)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Packs what lies below counties.
pub fn make_townships(tables: &Path, out: &Path) -> Result<()> {
    let table = read_text(&tables.join("divisions.tsv.gz"))?;
    let mut text = String::new();
    let mut last = "";
    for line in table.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(code), Some(name), Some("township")) = (columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let Some((county, number)) = code.split_at_checked(6).filter(|(_, number)| number.len() == 3) else {
            continue;
        };
        if county != last {
            let gap = if last.is_empty() { "" } else { "\n" };
            let _ = write!(text, "{gap}{county}");
            last = county;
        }
        // 街道办事处 is who runs a 街道.
        let name = name.strip_suffix("办事处").filter(|name| name.ends_with("街道")).unwrap_or(name);
        let _ = write!(text, "\t{number}{name}");
    }
    let bytes = write_asset(AssetKind::Townships, &[(b"TOWN", text.as_bytes())]);
    println!("{}: {} bytes", out.display(), bytes.len());
    write(out, &bytes)
}

/// Lines of a full name and its short forms, parted by tabs.
fn forms<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(|line| line.replace(' ', "\t")).collect::<Vec<_>>().join("\n")
}

/// Lines of `LBOD` that the table has otherwise, and what stands for them; the tagger's `LOCL` keeps what
/// it was trained on.
const CORRECTED: [(&str, &[&str]); 2] = [
    // 教体局 is of education and of sport, and no short form of the 教育局.
    ("教育局\t教育局\t教体局", &["教育局", "教育和体育局\t教体局"]),
    // The customs house in 滨州 is 滨州海关, and a 滨州市海关 there is not.
    ("海关\t海关", &[]),
];

/// The lines of local bodies with those of [`CORRECTED`] in place of the table's.
fn corrected(lines: &str) -> String {
    let better = |line| match CORRECTED.iter().find(|(wrong, _)| *wrong == line) {
        Some((_, right)) => right.to_vec(),
        None => vec![line],
    };
    lines.lines().flat_map(better).collect::<Vec<_>>().join("\n")
}

/// Words of one character are left out: 委, 院 name nothing by themselves.
fn words<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let kept: Vec<&str> = words.map(str::trim).filter(|word| word.chars().count() >= 2).collect();
    kept.join("\n")
}

/// Provinces, cities and counties that have a code and a name of their own (not 市辖区).
fn divisions(table: &str) -> String {
    let mut lines = String::new();
    for line in table.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(code), Some(name), Some(level)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let generic = name == "市辖区" || name == "县" || name.ends_with("直辖县级行政区划");
        if level != "township" && !code.is_empty() && !generic {
            lines.push_str(&format!("{code}\t{name}\n"));
        }
    }
    // The table gives these three no codes; their own are from GB/T 2260.
    lines.push_str("71\t台湾省\n81\t香港特别行政区\n82\t澳门特别行政区");
    lines
}
