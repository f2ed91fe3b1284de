//! In which order decisions were made, whatever clocks say.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use super::Decision;

/// The decisions, each after those that it names; where none names another, by time, then by id.
/// Whoever names a decision has seen it, so it was there before, also where its clock ran ahead.
///
/// Depends on the set alone, and a decision that nobody names moves no other one.
pub(super) fn order(decisions: &[&Decision]) -> Vec<usize> {
    let key = |at: usize| (decisions[at].time, decisions[at].id.as_str());
    let mut by_time: Vec<usize> = (0..decisions.len()).collect();
    by_time.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
    let mut ranks = vec![0; decisions.len()];
    for (rank, at) in by_time.iter().enumerate() {
        ranks[*at] = rank;
    }
    let mut named = named(decisions);
    // As it is nearly always: all clocks are right.
    if named.iter().enumerate().all(|(at, named)| named.iter().all(|other| ranks[*other] < ranks[at])) {
        return by_time;
    }
    // Decisions that name each other were forged; among them only time counts.
    let circles = circles(&named);
    for (at, named) in named.iter_mut().enumerate() {
        named.retain(|other| circles[*other] != circles[at]);
    }
    let mut waiting: Vec<usize> = named.iter().map(Vec::len).collect();
    let naming = turned(&named);
    let mut ready: BinaryHeap<_> =
        by_time.iter().filter(|at| waiting[**at] == 0).map(|at| Reverse(ranks[*at])).collect();
    let mut ordered = Vec::with_capacity(decisions.len());
    while let Some(Reverse(rank)) = ready.pop() {
        let at = by_time[rank];
        ordered.push(at);
        for next in &naming[at] {
            waiting[*next] -= 1;
            if waiting[*next] == 0 {
                ready.push(Reverse(ranks[*next]));
            }
        }
    }
    ordered
}

/// Which others each of them names, each once.
fn named(decisions: &[&Decision]) -> Vec<Vec<usize>> {
    let places: HashMap<&str, usize> =
        decisions.iter().enumerate().map(|(at, decision)| (decision.id.as_str(), at)).collect();
    let of = |(at, decision): (usize, &&Decision)| {
        let known = decision.named().filter_map(|id| places.get(id).copied());
        let mut named: Vec<usize> = known.filter(|other| *other != at).collect();
        named.sort_unstable();
        named.dedup();
        named
    };
    decisions.iter().enumerate().map(of).collect()
}

/// By whom each is named.
fn turned(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut turned = vec![Vec::new(); edges.len()];
    for (from, all) in edges.iter().enumerate() {
        for to in all {
            turned[*to].push(from);
        }
    }
    turned
}

/// A number for each that it shares with those it names and is named by in a circle (Kosaraju's).
fn circles(named: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; named.len()];
    let mut left = Vec::with_capacity(named.len());
    for from in 0..named.len() {
        walk(from, named, &mut seen, |at| left.push(at));
    }
    let naming = turned(named);
    let mut circles = vec![0; named.len()];
    seen.fill(false);
    for from in left.into_iter().rev() {
        walk(from, &naming, &mut seen, |at| circles[at] = from);
    }
    circles
}

/// Goes to all that can be reached and were not seen; tells each when it is left. A log may be one long
/// chain, so it does not call itself.
fn walk(from: usize, edges: &[Vec<usize>], seen: &mut [bool], mut left: impl FnMut(usize)) {
    if std::mem::replace(&mut seen[from], true) {
        return;
    }
    let mut path = vec![(from, 0)];
    while let Some((at, next)) = path.last_mut() {
        let Some(to) = edges[*at].get(*next).copied() else {
            left(*at);
            path.pop();
            continue;
        };
        *next += 1;
        if !std::mem::replace(&mut seen[to], true) {
            path.push((to, 0));
        }
    }
}
