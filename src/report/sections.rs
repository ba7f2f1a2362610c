//! Sections that figures of a report stand in, in their order.

/// The sections by their names, each in short for the head of a page and with its title.
pub(super) const TITLES: [(&str, &str, &str); 7] = [
    ("gap", "Gap", "The gap, year by year"),
    ("funding", "Funding", "Funding and deals"),
    ("last-year", "Last year", "The last simulated year"),
    ("scenarios", "Scenarios", "What each scenario changes"),
    ("drivers", "Drivers", "What drives it"),
    ("futures", "Futures", "What such futures share"),
    ("back-test", "Back-test", "Back-test"),
];
