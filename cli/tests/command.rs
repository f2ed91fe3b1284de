//! The command as a user runs it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PASSAGE: &str = "2024年，云川市副市长林青在北京出席会议。";

fn mingzhu(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhu"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn run(arguments: &[&str], input: impl AsRef<[u8]> + Send) -> Output {
    let mut child = mingzhu(arguments).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // May fail when the command ends before it has read everything.
        scope.spawn(move || stdin.write_all(input.as_ref()));
        child.wait_with_output().unwrap()
    })
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn request(id: impl Into<Value>, text: &str) -> String {
    format!("{}\n", json!({ "id": id.into(), "text": text }))
}

fn scratch(name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

#[test]
fn every_line_is_answered_in_order() {
    // Long texts between short ones: whoever answers as it finishes gets the order wrong.
    let long = PASSAGE.repeat(10);
    let input: String = (0..60).map(|n| request(n, if n % 7 == 0 { &long } else { PASSAGE })).collect();
    let output = run(&["annotate", "--jsonl"], input);
    assert!(output.status.success(), "{}", stderr(&output));
    let ids: Vec<Value> = lines(&output).into_iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, (0..60).map(Value::from).collect::<Vec<_>>());
}

#[test]
fn the_short_form_has_the_fields_it_promises() {
    let output = run(&["annotate", "--jsonl"], request("a", PASSAGE));
    let answer = &lines(&output)[0];
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["id", "mentions", "offices", "titles"]);
    let length = PASSAGE.chars().count() as u64;
    for mention in answer["mentions"].as_array().unwrap() {
        let (start, end) = (mention[0].as_u64().unwrap(), mention[1].as_u64().unwrap());
        assert!(start < end && end <= length);
        assert!(["OFFICIAL", "PERSON", "PLACE", "ORG"].contains(&mention[2].as_str().unwrap()));
    }
}

#[test]
fn a_bad_line_is_named_counted_and_survived() {
    let input =
        format!("{}\n{}not json\n{{\"id\": 1}}\n{}", "", request("first", PASSAGE), request("last", PASSAGE));
    let output = run(&["annotate", "--jsonl"], input);
    assert_eq!(output.status.code(), Some(1));
    let ids: Vec<Value> = lines(&output).into_iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, ["first", "last"]);
    let messages = stderr(&output);
    assert!(messages.contains("stdin:3: "), "{messages}");
    assert!(messages.contains("stdin:4: ") && messages.contains("`text`"), "{messages}");
    assert!(messages.contains("2 of 4 lines were bad"), "{messages}");
}

#[test]
fn binary_rubbish_is_bad_lines_and_no_crash() {
    let rubbish: Vec<u8> = (0..20_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let output = run(&["annotate", "--jsonl"], rubbish);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn no_input_is_no_error() {
    let output = run(&["annotate", "--jsonl"], "");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(0), 0));
    let output = run(&["annotate", "--jsonl"], request(0, ""));
    assert_eq!(lines(&output), [json!({ "id": 0, "mentions": [], "titles": [], "offices": [] })]);
}

#[test]
fn offsets_count_what_was_asked_for() {
    // Before the words stand two astral characters: 2 code points, 4 UTF-16 units, 8 bytes.
    let text = "𠮷😀中国人民";
    for (unit, before, length) in [("code-points", 2, 6), ("utf16", 4, 8), ("bytes", 8, 20)] {
        let arguments = ["segment", "--jsonl", "--offsets", unit];
        let output = run(&arguments, request("x", text));
        let tokens = lines(&output)[0]["tokens"].as_array().unwrap().clone();
        assert!(tokens.iter().any(|token| token[0] == before), "{unit}: {tokens:?}");
        assert_eq!(tokens.last().unwrap()[1], length, "{unit}");
    }
}

#[test]
fn full_gives_the_whole_article() {
    let output = run(&["annotate", "--jsonl", "--full", "--offsets", "utf16"], request("a", PASSAGE));
    let answer = lines(&output).remove(0);
    assert_eq!(answer["id"], "a");
    assert_eq!(answer["unit"], "utf16");
    assert_eq!(answer["length"], PASSAGE.encode_utf16().count());
    let article: mingzhu::Article = serde_json::from_value(answer).unwrap();
    assert_eq!(article.version, mingzhu::article::ARTICLE_VERSION);
}

#[test]
fn short_and_full_say_the_same() {
    let short = lines(&run(&["annotate", "--jsonl"], request(0, PASSAGE))).remove(0);
    let full = lines(&run(&["annotate", "--jsonl", "--full"], request(0, PASSAGE))).remove(0);
    let spans = |key: &str| -> Vec<(Value, Value)> {
        let list = full[key].as_array().unwrap().iter();
        list.map(|span| (span["start"].clone(), span["end"].clone())).collect()
    };
    let brief = |key: &str| -> Vec<(Value, Value)> {
        short[key].as_array().unwrap().iter().map(|span| (span[0].clone(), span[1].clone())).collect()
    };
    assert_eq!(brief("mentions"), spans("mentions"));
    assert_eq!(brief("titles"), spans("titles"));
}

#[test]
fn the_house_guideline_is_known_and_another_is_an_error_with_a_hint() {
    let output = run(&["annotate", "--jsonl", "--guideline", "house"], request(0, PASSAGE));
    assert!(output.status.success(), "{}", stderr(&output));
    for label in lines(&output)[0]["labels"].as_array().unwrap() {
        assert!(["PER", "PLACE", "ORG", "TITLE"].contains(&label[2].as_str().unwrap()));
    }
    let output = run(&["annotate", "--jsonl", "--guideline", "nobody"], request(0, PASSAGE));
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("nobody") && stderr(&output).contains("hint:"));
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = mingzhu(&["annotate", "--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for n in 0..3 {
        stdin.write_all(request(n, PASSAGE).as_bytes()).unwrap();
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["id"], n);
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut child = mingzhu(&["annotate", "--jsonl"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        let line = request(0, &PASSAGE.repeat(20));
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    let mut first = [0];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
}

#[test]
fn a_file_is_printed_with_marks_and_without_escapes() {
    let path = scratch("passage.txt", format!("\u{feff}{PASSAGE}\n"));
    let output = run(&["annotate", path.to_str().unwrap()], "");
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(text.starts_with("2024年") && !text.contains('\u{1b}'), "{text}");
}

#[test]
fn missing_and_foreign_files_are_named_and_the_rest_is_read() {
    let good = scratch("good.txt", PASSAGE);
    let foreign = scratch("gb18030.txt", b"\xd6\xd0\xb9\xfa");
    let files = [good.to_str().unwrap(), "no-such-file.txt", foreign.to_str().unwrap()];
    let output = run(&[&["segment"], &files[..]].concat(), "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("2024"));
    let messages = stderr(&output);
    assert!(messages.contains("no-such-file.txt") && messages.contains("GB18030"), "{messages}");
}

#[test]
fn missing_assets_are_an_error_with_a_hint() {
    let output = run(&["--assets", "no/such/folder", "annotate", "--jsonl"], "");
    assert_eq!(output.status.code(), Some(3));
    let messages = stderr(&output);
    assert!(messages.contains("dictionary.mz") && messages.contains("--assets"), "{messages}");
}

#[test]
fn damaged_assets_are_an_error_that_names_the_file() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("damaged");
    std::fs::create_dir_all(&folder).unwrap();
    let assets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../assets");
    for name in ["dictionary.mz", "gazetteer.mz", "model.mz"] {
        let mut bytes = std::fs::read(assets.join(name)).unwrap();
        if name == "model.mz" {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
        }
        std::fs::write(folder.join(name), bytes).unwrap();
    }
    let output = run(&["--assets", folder.to_str().unwrap(), "annotate", "--jsonl"], "");
    assert_eq!(output.status.code(), Some(3));
    assert!(stderr(&output).contains("model") && stderr(&output).contains("checksum"));
}

#[test]
fn what_is_known_besides_the_text_is_told() {
    let text = "我市召开会议，鼓楼区和东海新区参加。";
    let full = |arguments: &[&str]| {
        let output = run(&[&["annotate", "--jsonl", "--full"], arguments].concat(), request(0, text));
        assert!(output.status.success(), "{}", stderr(&output));
        lines(&output)[0].clone()
    };
    assert_eq!(full(&[])["references"][0]["open"], "no-home");
    let told = full(&["--context-place", "福州"]);
    assert_eq!((&told["references"][0]["name"], &told["home"]["code"]), (&json!("福州市"), &json!(3501)));
    assert_eq!(full(&["--context-publisher", "福州日报"])["home"]["evidence"], "publisher");
    assert_eq!(full(&["--no-resolve"])["references"], json!([]));
    let path = scratch("known.csv", "name,forms,code\n东海新区,东新|东海区,350171\n青禾计划办公室,青禾办,\n");
    full(&["--gazetteer", path.to_str().unwrap(), "--townships"]);
    for (name, content, expected) in [
        ("a.csv", "东海新区,,350171\n东海新区,东新|,35017\n", "line 2, column 3"),
        ("b.csv", "name,forms,code\n ,东新,350171\n", "line 2, column 1"),
        ("c.csv", "东海新区,东新|。,350171", "line 1, column 2"),
        ("d.csv", "东海新区,东新,三", "line 1, column 3"),
        ("e.json", "[\n{\"name\": \"东海新区\", \"code\": 35017}]", "line 2, column"),
        ("f.json", "[{\"name\": \"东海新区\", \"codes\": 1}]", "line 1, column"),
    ] {
        let path = scratch(name, content);
        let output = run(&["annotate", "--gazetteer", path.to_str().unwrap()], PASSAGE);
        let message = stderr(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{name}");
        assert!(message.contains(expected) && message.contains("hint:"), "{name}: {message}");
    }
}

#[test]
fn terms_of_a_file_win_over_the_model() {
    let text = "青禾计划走进校园，记者林晓报道。";
    let spans = |arguments: &[&str]| {
        let output = run(&[&["annotate", "--jsonl"], arguments].concat(), request(0, text));
        assert!(output.status.success(), "{}", stderr(&output));
        lines(&output)[0]["mentions"].as_array().unwrap().clone()
    };
    let plan = json!([0, 4, "ORG"]);
    assert!(!spans(&[]).contains(&plan), "else this test needs another name");
    let lists = [
        ("terms.csv", "\u{feff}text,kind\r\n\r\n\"青禾计劃\", organization\r\n林晓,official,记者\r\n"),
        ("bare.csv", "青禾计划,organization\n林晓,official"),
        (
            "terms.json",
            r#" [{"text": "青禾计划", "kind": "organization"}, {"text": "林晓", "kind": "official"}]"#,
        ),
    ];
    for (name, content) in lists {
        let path = scratch(name, content.replace('劃', "划"));
        let found = spans(&["--terms", path.to_str().unwrap()]);
        assert!(found.contains(&plan) && found.contains(&json!([11, 13, "OFFICIAL"])), "{name}: {found:?}");
    }
}

#[test]
fn what_is_no_term_is_named_by_line_and_column() {
    let cases = [
        (
            "kind.csv",
            "text,kind\n\n青禾,organization\n林晓,boss\n",
            "kind.csv: line 4, column 2: \"boss\" is no kind",
        ),
        ("none.csv", "青禾\n", "none.csv: line 1, column 2: \"\" is no kind"),
        ("empty.csv", "青禾,place\n,place\n", "empty.csv: line 2, column 1: the term has no letter in it"),
        (
            "break.csv",
            "青禾,place\n\"林\n晓\",person\n",
            "break.csv: line 2, column 1: the term has a control character",
        ),
        (
            "kind.json",
            "[\n {\"text\": \"青禾\", \"kind\": \"boss\"}]",
            "kind.json: line 2, column 30: unknown variant `boss`",
        ),
        (
            "empty.json",
            "[\n\n {\"text\": \"\", \"kind\": \"place\"}]",
            "empty.json: line 3, column 31: the term has no letter in it",
        ),
        ("cut.json", "[{\"text\": ", "cut.json: line 1, column 10: EOF"),
    ];
    for (name, content, expected) in cases {
        let path = scratch(name, content);
        let output = run(&["annotate", "--terms", path.to_str().unwrap()], PASSAGE);
        let message = stderr(&output);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{name}");
        assert!(message.contains(expected) && message.contains("hint:"), "{message}");
    }
    let foreign = scratch("gb.csv", b"\xd6\xd0\xb9\xfa,place");
    let output = run(&["annotate", "--terms", foreign.to_str().unwrap()], PASSAGE);
    assert!(output.status.code() == Some(3) && stderr(&output).contains("GB18030"), "{}", stderr(&output));
    assert_eq!(run(&["annotate", "--terms", "no-such-file.csv"], PASSAGE).status.code(), Some(3));
}

#[test]
fn the_least_score_leaves_out_what_is_less_sure() {
    let scores = |arguments: &[&str]| -> Vec<f64> {
        let output =
            run(&[&["annotate", "--jsonl", "--full"], arguments].concat(), request(0, &PASSAGE.repeat(3)));
        assert!(output.status.success(), "{}", stderr(&output));
        let article = lines(&output).remove(0);
        let score = |span: &Value| span["score"].as_f64().unwrap();
        [&article["mentions"], &article["titles"]]
            .into_iter()
            .flat_map(|list| list.as_array().unwrap().iter().map(score))
            .collect()
    };
    let all = scores(&[]);
    let middle = all.iter().copied().fold(0.0, f64::max);
    let left = scores(&["--min-score", &middle.to_string()]);
    assert_eq!(left, all.iter().copied().filter(|score| *score >= middle).collect::<Vec<_>>());
    for bad in ["1.5", "-1", "NaN", "much"] {
        let output = run(&["annotate", &format!("--min-score={bad}")], "");
        assert!(output.status.code() == Some(2) && stderr(&output).contains("0 to 1"), "{bad}");
    }
}

#[test]
fn the_large_model_is_read_in_place_of_the_core_one() {
    let assets = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../assets");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sizes");
    std::fs::create_dir_all(&folder).unwrap();
    // Any model will do; that of the other size must not be asked for.
    for (from, to) in
        [("dictionary.mz", "dictionary.mz"), ("gazetteer.mz", "gazetteer.mz"), ("model.mz", "model-large.mz")]
    {
        std::fs::copy(assets.join(from), folder.join(to)).unwrap();
    }
    let with = |model: &str| {
        let folder = folder.to_str().unwrap();
        run(&["--assets", folder, "--model", model, "annotate", "--jsonl"], request(0, PASSAGE))
    };
    let output = with("large");
    assert!(output.status.success() && lines(&output).len() == 1, "{}", stderr(&output));
    let output = with("core");
    assert!(output.status.code() == Some(3) && stderr(&output).contains("model.mz"), "{}", stderr(&output));
    assert_eq!(with("huge").status.code(), Some(2));
    std::fs::write(folder.join("model-large.mz"), "damaged").unwrap();
    assert!(stderr(&with("large")).contains("model-large.mz: not a mingzhu asset"));
}

#[test]
fn an_unknown_option_is_a_usage_error() {
    assert_eq!(run(&["annotate", "--offsets", "yards"], "").status.code(), Some(2));
    assert_eq!(run(&["annotate", "--full"], "").status.code(), Some(2));
}

#[test]
fn help_documents_the_exit_codes() {
    let output = run(&["--help"], "");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Exit codes:"));
}
