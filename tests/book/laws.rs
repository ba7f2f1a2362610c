//! Small pictures of the distributions, each from the example that the reference shows.

use std::fmt::Write;

use aigap::distribution::Distribution;
use aigap::scenario::{FORMS, Form, Layers};

use crate::support::runs;

use super::{holds, source};

/// Width and height of the plot, and the line below it.
const SIZE: (f64, f64) = (300.0, 90.0);
const BINS: usize = 60;
/// Quantiles that a picture is made of.
const POINTS: usize = 6000;

/// The law of a rate of growth, or of a volatility, that is written so.
fn law(form: &Form) -> Distribution {
    let value = |key: &str, usual: &'static str| if form.of == key { form.example } else { usual };
    let (growth, volatility) = (value("growth", "\"0%\""), value("volatility", "\"20%\""));
    let text = format!(
        "horizon = 2030\n[us.funding]\nmodel = \"random-walk\"\nvolatility = {volatility}\ngrowth = {growth}\n\
         [china.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\ngrowth = \"0%\"\n"
    );
    let loaded = runs::try_read(&[("test.toml", &text)], &Layers::default());
    let scenario = loaded.unwrap_or_else(|_| panic!("this is not accepted: {}", form.example)).scenario;
    let found = scenario.assumptions().iter().find(|it| it.address() == format!("us.funding.{}", form.of));
    found.unwrap().law().clone()
}

/// Percent at the left end of a picture, whose right end is 50 percent further.
fn left_end(form: &Form) -> i32 {
    if form.of == "growth" { -20 } else { 0 }
}

/// Shares of probability in equal steps of the number in percent; growth is held as a log.
fn bins(law: &Distribution, form: &Form) -> [f64; BINS] {
    let mut shares = [0.0; BINS];
    for point in 0..POINTS {
        let value = law.quantile((point as f64 + 0.5) / POINTS as f64);
        let percent = 100.0 * if form.of == "growth" { libm::expm1(value) } else { value };
        let place = ((percent - f64::from(left_end(form))) / 50.0 * BINS as f64).floor();
        if (0.0..BINS as f64).contains(&place) {
            shares[place as usize] += 1.0;
        }
    }
    shares
}

fn drawn(law: &Distribution, form: &Form, [ink, fill]: [&str; 2]) -> String {
    let (width, height) = SIZE;
    let (name, left) = (form.word, left_end(form));
    let shares = bins(law, form);
    let most = shares.iter().copied().fold(0.0, f64::max);
    let step = width / BINS as f64;
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {}\" role=\"img\" font-family=\"Inter, sans-serif\">\n\
         <title>Density of a number written with {name}</title>\n",
        height + 22.0
    );
    for (place, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
        let tall = (height - 4.0) * share / most;
        let _ = writeln!(
            text,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{tall:.1}\" fill=\"{fill}\"/>",
            place as f64 * step,
            height - tall,
            step + 0.2
        );
    }
    let _ = writeln!(text, "<path d=\"M0 {height}H{width}\" stroke=\"{ink}\" fill=\"none\"/>");
    for rate in (0..5).map(|step| left + 10 * step) {
        let x = f64::from(rate - left) / 50.0 * width;
        let sign = if rate < 0 { "−" } else { "" };
        let anchor = if rate == left { "start" } else { "middle" };
        let _ = writeln!(
            text,
            "<text x=\"{x:.0}\" y=\"{:.0}\" font-size=\"13\" text-anchor=\"{anchor}\" fill=\"{ink}\">{sign}{}%</text>",
            height + 16.0,
            rate.abs()
        );
    }
    text + "</svg>\n"
}

#[test]
fn every_example_of_a_distribution_is_accepted_and_drawn() {
    for form in FORMS {
        let law = law(&form);
        for (theme, colours) in [("light", ["#5b6472", "#85a6cb"]), ("dark", ["#a3acb8", "#5aa4f0"])] {
            let path = source().join(format!("pictures/law-{}-{theme}.svg", form.word));
            holds(&path, &drawn(&law, &form, colours));
        }
    }
}
