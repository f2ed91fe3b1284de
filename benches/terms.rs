//! What a user's terms cost: to add a hundred thousand, and to annotate with them.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mingzhu::{Annotator, Assets, Kind, Term};
use std::hint::black_box;

const COUNT: u32 = 100_000;

/// A name nobody has, of two to seven characters as a roster's are.
fn name(i: u32) -> String {
    let character =
        |n: u32| char::from_u32(0x4e00 + (n.wrapping_mul(0x9e37_79b1) >> 19) % 5000).unwrap_or('名');
    (0..2 + i % 6).map(|at| character(if at == 0 { i % 400 } else { i * 7 + at })).collect()
}

fn terms(criterion: &mut Criterion) {
    let asset =
        |name: &str| std::fs::read(format!("{}/assets/{name}", env!("CARGO_MANIFEST_DIR"))).expect("shipped");
    let (dictionary, gazetteer, model) = (asset("dictionary.mz"), asset("gazetteer.mz"), asset("model.mz"));
    let assets = Assets { dictionary: &dictionary, gazetteer: &gazetteer, model: &model };
    let annotator = Annotator::load(assets).expect("shipped");
    let list: Vec<Term> = (0..COUNT).map(|i| Term::new(name(i), Kind::Person).expect("a name")).collect();
    let mut told = annotator.clone();
    told.add_terms(list.clone());
    let text = "滨州市副市长陈立群在云溪县会见江城大学校长林晓，两人谈到学校、医院和道路。".repeat(100);

    let mut group = criterion.benchmark_group("terms");
    group.sample_size(20).throughput(Throughput::Elements(u64::from(COUNT)));
    group.bench_function("add", |b| {
        b.iter_batched(
            || (annotator.clone(), list.clone()),
            |(mut annotator, list)| {
                annotator.add_terms(black_box(list));
                annotator
            },
            criterion::BatchSize::LargeInput,
        );
    });
    group.throughput(Throughput::Elements(text.chars().count() as u64));
    group.bench_function("annotate without", |b| b.iter(|| annotator.annotate(black_box(&text))));
    group.bench_function("annotate with", |b| b.iter(|| told.annotate(black_box(&text))));
    group.finish();
}

criterion_group!(benches, terms);
criterion_main!(benches);
