//! Everything that reads what others wrote, on what nobody should have written: the targets of `fuzz/` on their seeds,
//! on seeds damaged at random, and on input that has the right form and the wrong content.

#[path = "../fuzz/src/lib.rs"]
mod targets;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

/// The seeds of a target, by their names.
fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let folder = format!("{}/fuzz/seeds/{target}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let read = |file: std::fs::DirEntry| {
        (file.file_name().to_string_lossy().into_owned(), std::fs::read(file.path()).unwrap())
    };
    let mut seeds: Vec<_> = files.map(|file| read(file.unwrap())).collect();
    seeds.sort();
    assert!(!seeds.is_empty(), "{folder} is empty");
    seeds
}

fn seed(target: &str, name: &str) -> Vec<u8> {
    seeds(target).into_iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("{name}")).1
}

/// One thing that goes wrong with a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Remove(Index, usize),
    Repeat(Index, usize, usize),
    Insert(Index, &'static str),
    /// A number becomes another one.
    Number(Index, &'static str),
    /// Some of another seed.
    Splice(Index, Index, Index),
}

/// What readers trip over.
const PIECES: [&str; 18] = [
    "\"", "\\", "{", "]", ",", "\n", "\r\n", "\t", "\u{0}", "\u{FEFF}", "\u{2028}", "😀", "\u{300}", "null",
    "1e999", "\\ud800", "\u{1E}", "，",
];
const NUMBERS: [&str; 9] = [
    "0",
    "-1",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "1.5",
    "1e308",
    "00",
    "99999999999999999999",
];

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Damage::Flip(at, byte)),
        at().prop_map(Damage::Cut),
        (at(), 1usize..24).prop_map(|(at, length)| Damage::Remove(at, length)),
        (at(), 1usize..48, 1usize..60).prop_map(|(at, length, times)| Damage::Repeat(at, length, times)),
        (at(), select(&PIECES[..])).prop_map(|(at, piece)| Damage::Insert(at, piece)),
        (at(), select(&NUMBERS[..])).prop_map(|(at, number)| Damage::Number(at, number)),
        (at(), at(), at()).prop_map(|(at, seed, from)| Damage::Splice(at, seed, from)),
    ]
}

fn damaged(mut data: Vec<u8>, damage: &Damage, seeds: &[(String, Vec<u8>)]) -> Vec<u8> {
    let place = |at: &Index| at.index(data.len() + 1);
    match damage {
        Damage::Flip(at, byte) => {
            if !data.is_empty() {
                let at = at.index(data.len());
                data[at] = *byte;
            }
        }
        Damage::Cut(at) => data.truncate(place(at)),
        Damage::Remove(at, length) => {
            let from = place(at);
            data.drain(from..(from + length).min(data.len()));
        }
        Damage::Repeat(at, length, times) => {
            let from = place(at);
            let part = data[from..(from + length).min(data.len())].repeat(*times);
            data.splice(from..from, part);
        }
        Damage::Insert(at, piece) => {
            let from = place(at);
            data.splice(from..from, piece.bytes());
        }
        Damage::Number(at, number) => {
            let from = place(at);
            let begins = data[from..].iter().position(u8::is_ascii_digit).map(|more| from + more);
            if let Some(start) = begins {
                let length = data[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                data.splice(start..start + length, number.bytes());
            }
        }
        Damage::Splice(at, seed, from) => {
            let at = place(at);
            let other = &seeds[seed.index(seeds.len())].1;
            data.splice(at.., other[from.index(other.len() + 1)..].iter().copied());
        }
    }
    data
}

/// Runs a target on its seeds, and on as many damaged ones.
fn endures(name: &str, target: fn(&[u8]), cases: u32) {
    let seeds = seeds(name);
    seeds.iter().for_each(|(_, data)| target(data));
    let mut runner =
        proptest::test_runner::TestRunner::new(ProptestConfig { cases, ..ProptestConfig::default() });
    let input = (any::<Index>(), proptest::collection::vec(damage(), 1..6));
    let run = runner.run(&input, |(which, all)| {
        let data = seeds[which.index(seeds.len())].1.clone();
        target(&all.iter().fold(data, |data, damage| damaged(data, damage, &seeds)));
        Ok(())
    });
    run.unwrap_or_else(|error| panic!("{name}: {error}"));
}

#[test]
fn files_of_others_do_no_harm() {
    endures("exchange", targets::exchange, 2000);
}

#[test]
fn logs_do_no_harm() {
    endures("log", targets::log, 2000);
}

#[test]
fn rosters_do_no_harm() {
    endures("roster", targets::roster, 1000);
}

#[test]
fn times_do_no_harm() {
    endures("moment", targets::moment, 5000);
}

#[test]
fn selectors_do_no_harm() {
    endures("anchor", targets::anchor, 1000);
}

#[test]
fn assets_do_no_harm() {
    endures("asset", targets::asset, 200);
    endures("confusables", targets::confusables, 2000);
}

#[test]
fn what_a_user_adds_does_no_harm() {
    endures("terms", targets::terms, 300);
    endures("entries", targets::entries, 100);
}

#[test]
fn texts_do_no_harm() {
    endures("annotate", targets::annotate, 300);
}

/// What stands in the place of something else.
fn anything() -> impl Strategy<Value = Value> {
    let long = "字".repeat(10_001);
    let leaf = prop_oneof![
        select(vec![
            Value::Null,
            json!(true),
            json!(-1),
            json!(0),
            json!(1),
            json!(2),
            json!(1.5),
            json!(u64::MAX),
            json!(""),
            json!(" "),
            json!("1"),
            json!("2"),
            json!("10"),
            json!("confirm"),
            json!("withdraw"),
            json!("official"),
            json!("云泽"),
            json!("周怀远"),
            json!("9999-12-31T23:59:59.999Z"),
            json!("0001-01-01T00:00:00Z"),
            json!("2024-02-30"),
            json!("a\nb"),
            json!("\u{0}"),
            json!(long),
        ]),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            (select(vec!["id", "type", "decision", "exact", "name"]), inner)
                .prop_map(|(key, value)| json!({ key: value })),
        ]
    })
}

/// Puts something in the place of something else, takes it away, or doubles it.
fn disturbed(value: &mut Value, mut path: Vec<Index>, planted: Value, how: u8) {
    let inner = match value {
        Value::Array(items) if !items.is_empty() => {
            let length = items.len();
            let at = path.pop().map_or(0, |at| at.index(length));
            match how {
                0 if path.is_empty() => {
                    items.remove(at);
                    return;
                }
                1 if path.is_empty() => {
                    let double = items[at].clone();
                    items.push(double);
                    return;
                }
                _ => items.get_mut(at),
            }
        }
        Value::Object(pairs) if !pairs.is_empty() => {
            let length = pairs.len();
            let at = path.pop().map_or(0, |at| at.index(length));
            let key = pairs.keys().nth(at).cloned().unwrap_or_default();
            if how == 0 && path.is_empty() {
                pairs.remove(&key);
                return;
            }
            pairs.get_mut(&key)
        }
        _ => None,
    };
    match inner {
        Some(inner) if !path.is_empty() => disturbed(inner, path, planted, how),
        Some(inner) => *inner = planted,
        None => *value = planted,
    }
}

fn disturbances() -> impl Strategy<Value = Vec<(Vec<Index>, Value, u8)>> {
    let one = (proptest::collection::vec(any::<Index>(), 1..7), anything(), 0u8..6);
    proptest::collection::vec(one, 1..5)
}

/// A roster in JSON: what keys rows may have, with what may stand there.
fn roster() -> impl Strategy<Value = Value> {
    let key = select(vec![
        "name", "姓名", "aliases", "别名", "body", "单位", "title", "职务", "rank", "排序", "from", "任职",
        "to", "离任", "备注",
    ]);
    let names = select(vec![
        "陈立群",
        "陈立裙",
        "周怀远",
        "周怀",
        "市教育局",
        "云泽市人民政府",
        "副市长",
        "局长",
        "至今",
    ]);
    let value = prop_oneof![
        4 => names.prop_map(Value::from),
        2 => select(vec!["2024", "2024-02", "2024-02-29", "2023-02-29", "0000", "10000-01-01", "2026-13"]).prop_map(Value::from),
        2 => any::<u32>().prop_map(Value::from),
        1 => anything(),
    ];
    let row = proptest::collection::vec((key, value), 0..9)
        .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect::<Value>());
    let named = (row, select(vec!["陈立群", "周怀远", "陈立郡", "海陵"])).prop_map(|(mut row, name)| {
        row["name"] = name.into();
        row
    });
    proptest::collection::vec(prop_oneof![5 => named, 1 => anything()], 0..12).prop_map(Value::from)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn rosters_of_the_right_form_do_no_harm(roster in roster(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_string_pretty(&roster).unwrap() } else { roster.to_string() };
        targets::roster(text.as_bytes());
    }

    #[test]
    fn logs_of_the_right_form_do_no_harm(which in select(vec!["every-action.json", "clocks.json"]), all in disturbances()) {
        let mut log: Value = serde_json::from_slice(&seed("log", which)).unwrap();
        for (path, planted, how) in all {
            disturbed(&mut log["decisions"], path, planted, how);
        }
        targets::log(log.to_string().as_bytes());
        targets::exchange(log.to_string().as_bytes());
    }

    #[test]
    fn annotations_of_the_right_form_do_no_harm(which in select(vec!["ours.jsonld", "targets-and-pages.jsonld", "recogito.json", "hypothesis.json"]), all in disturbances()) {
        let mut file: Value = serde_json::from_slice(&seed("exchange", which)).unwrap();
        for (path, planted, how) in all {
            disturbed(&mut file, path, planted, how);
        }
        targets::exchange(file.to_string().as_bytes());
    }
}
