//! Boxes: a lower and an upper limit for some inputs, and how many rows of a table lie within them.

/// One side of one input of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Face {
    /// Place of the input among the columns.
    pub input: usize,
    /// Whether it is the upper side.
    pub upper: bool,
}

/// The limits of a box: for each input the least and the greatest value inside, infinite where nothing limits it.
#[derive(Clone, Debug, PartialEq)]
pub struct Limits(Vec<[f64; 2]>);

impl Limits {
    /// The box of everything.
    #[must_use]
    pub fn everything(inputs: usize) -> Self {
        Self(vec![[f64::NEG_INFINITY, f64::INFINITY]; inputs])
    }

    /// Least and greatest value of an input inside.
    #[must_use]
    pub fn of(&self, input: usize) -> [f64; 2] {
        self.0[input]
    }

    /// This box with another limit on one side.
    #[must_use]
    pub fn with(mut self, face: Face, limit: f64) -> Self {
        self.0[face.input][usize::from(face.upper)] = limit;
        self
    }

    /// This box without a limit on one side.
    #[must_use]
    pub fn without(self, face: Face) -> Self {
        self.with(face, if face.upper { f64::INFINITY } else { f64::NEG_INFINITY })
    }

    /// This box without limits on an input.
    #[must_use]
    pub fn without_input(self, input: usize) -> Self {
        [false, true].into_iter().fold(self, |limits, upper| limits.without(Face { input, upper }))
    }

    /// Inputs that are limited on either side, in their order.
    #[must_use]
    pub fn restricted(&self) -> Vec<usize> {
        (0..self.0.len()).filter(|input| self.0[*input].iter().any(|limit| limit.is_finite())).collect()
    }

    /// Sides that are limited, in the order of the inputs.
    #[must_use]
    pub fn faces(&self) -> Vec<Face> {
        let both = |input: usize| [false, true].map(|upper| Face { input, upper });
        let limited = |face: &Face| self.0[face.input][usize::from(face.upper)].is_finite();
        (0..self.0.len()).flat_map(both).filter(limited).collect()
    }

    /// Whether a row lies inside.
    #[must_use]
    pub fn holds(&self, columns: &[Vec<f64>], row: usize) -> bool {
        self.0.iter().zip(columns).all(|([low, high], column)| (*low..=*high).contains(&column[row]))
    }
}

/// Rows, and how many of them are cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Rows, each as often as it counts.
    pub rows: u64,
    /// Cases among them.
    pub cases: u64,
}

impl Counted {
    /// Adds a row that counts so often.
    pub(super) fn add(&mut self, weight: u32, case: bool) {
        self.rows += u64::from(weight);
        self.cases += if case { u64::from(weight) } else { 0 };
    }

    /// These rows without some of them.
    #[must_use]
    pub fn less(self, some: Self) -> Self {
        Self { rows: self.rows - some.rows, cases: self.cases - some.cases }
    }

    /// These rows and others.
    #[must_use]
    pub fn and(self, others: Self) -> Self {
        Self { rows: self.rows + others.rows, cases: self.cases + others.cases }
    }

    /// Share of cases among the rows; no number where there is no row.
    #[must_use]
    pub fn density(self) -> f64 {
        self.cases as f64 / self.rows as f64
    }
}

/// A table that boxes are looked for in: a column for each input, an answer for each row, and how often each row counts.
#[derive(Clone, Copy, Debug)]
pub struct Rows<'a> {
    /// By input, a finite value for each row.
    pub columns: &'a [Vec<f64>],
    /// By row, whether it is a case.
    pub cases: &'a [bool],
    /// By row, how often it counts; 0 leaves it out.
    pub weights: &'a [u32],
}

impl Rows<'_> {
    /// Rows inside a box.
    #[must_use]
    pub fn inside(&self, limits: &Limits) -> Counted {
        // Only the columns that are limited are read.
        let limited: Vec<([f64; 2], &Vec<f64>)> =
            limits.restricted().into_iter().map(|input| (limits.of(input), &self.columns[input])).collect();
        let mut counted = Counted::default();
        for (row, (weight, case)) in self.weights.iter().zip(self.cases).enumerate() {
            if *weight > 0 && limited.iter().all(|([low, high], column)| (*low..=*high).contains(&column[row])) {
                counted.add(*weight, *case);
            }
        }
        counted
    }
}

/// A limit between the last value outside and the first inside: half way, or the value inside where nothing is between.
pub(super) fn between(outside: f64, inside: f64) -> f64 {
    let middle = 0.5 * (outside + inside);
    let parts =
        if outside < inside { outside < middle && middle <= inside } else { inside <= middle && middle < outside };
    if parts { middle } else { inside }
}
