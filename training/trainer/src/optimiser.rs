//! AdamW (arXiv 1711.05101) with a warm-up and a cosine down, and a running average of the
//! weights, which is what is kept.

use serde::{Deserialize, Serialize};

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.98;
const EPSILON: f32 = 1e-8;
const DECAY: f32 = 0.03;
/// Longest gradient: longer ones are shortened to it.
const LONGEST: f32 = 1.0;

/// Where a run of so many steps stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Schedule {
    pub rate: f32,
    pub steps: usize,
    /// Share of the average that each step renews once there are enough steps.
    pub renewal: f32,
}

impl Schedule {
    fn rate(&self, step: usize) -> f32 {
        let warm = 300.min(self.steps / 10).max(1);
        if step < warm {
            return self.rate * (step + 1) as f32 / warm as f32;
        }
        let way = (step - warm) as f32 / (self.steps - warm).max(1) as f32;
        self.rate * (0.01 + 0.99 * 0.5 * (1.0 + (std::f32::consts::PI * way).cos()))
    }
}

/// Weights that are being trained.
pub struct Optimiser {
    pub weights: Vec<f32>,
    pub average: Vec<f32>,
    pub first: Vec<f32>,
    pub second: Vec<f32>,
    pub step: usize,
}

/// Weights a thread takes at a time.
const PIECE: usize = 1 << 16;

impl Optimiser {
    pub fn new(weights: Vec<f32>) -> Self {
        let zero = vec![0.0; weights.len()];
        Optimiser { average: weights.clone(), first: zero.clone(), second: zero, weights, step: 0 }
    }

    /// One step against the sum of `gradients`, scaled; they are zero afterwards.
    pub fn step(&mut self, gradients: &mut [Vec<f32>], scale: f32, schedule: &Schedule) {
        let (sum, others) = gradients.split_first_mut().expect("there is at least one thread");
        let length = std::thread::scope(|scope| {
            let half = sum.len() / 2 / PIECE * PIECE;
            let (low, high) = sum.split_at_mut(half);
            let (lows, highs): (Vec<_>, Vec<_>) =
                others.iter_mut().map(|other| other.split_at_mut(half)).unzip();
            let add = move |sum: &mut [f32], others: Vec<&mut [f32]>| -> f32 {
                for other in others {
                    for (sum, other) in sum.iter_mut().zip(other) {
                        *sum += *other;
                        *other = 0.0;
                    }
                }
                sum.chunks(PIECE).map(|piece| piece.iter().map(|g| g * g).sum::<f32>()).sum()
            };
            let other = scope.spawn(move || add(high, highs));
            add(low, lows) + other.join().expect("adding does not panic")
        });
        let length = length.sqrt() * scale;
        let scale = scale * if length > LONGEST { LONGEST / length } else { 1.0 };
        let rate = schedule.rate(self.step);
        self.step += 1;
        let (first, second) = (1.0 - FIRST.powi(self.step as i32), 1.0 - SECOND.powi(self.step as i32));
        let share = schedule.renewal.max(1.0 / (self.step + 1) as f32);
        let update = |w: &mut [f32], a: &mut [f32], m: &mut [f32], v: &mut [f32], g: &mut [f32]| {
            for i in 0..w.len() {
                let gradient = g[i] * scale;
                g[i] = 0.0;
                m[i] = FIRST * m[i] + (1.0 - FIRST) * gradient;
                v[i] = SECOND * v[i] + (1.0 - SECOND) * gradient * gradient;
                let move_by = (m[i] / first) / ((v[i] / second).sqrt() + EPSILON) + DECAY * w[i];
                w[i] -= rate * move_by;
                a[i] += share * (w[i] - a[i]);
            }
        };
        let half = self.weights.len() / 2;
        let (w, a) = (self.weights.split_at_mut(half), self.average.split_at_mut(half));
        let (m, v, g) =
            (self.first.split_at_mut(half), self.second.split_at_mut(half), sum.split_at_mut(half));
        std::thread::scope(|scope| {
            scope.spawn(|| update(w.1, a.1, m.1, v.1, g.1));
            update(w.0, a.0, m.0, v.0, g.0);
        });
    }
}
