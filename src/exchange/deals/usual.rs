//! What the columns of a list of deals are usually called, so that a user is told the `--map` that fits.

use crate::exchange::grid::Line;
use crate::exchange::heads::Head;

/// Usual headings of the columns of a list of deals.
const USUAL: [(&str, &[&str]); 3] = [
    (
        "date",
        &[
            "announceddate",
            "dealdate",
            "date",
            "announcedon",
            "announcementdate",
            "rounddate",
            "fundingdate",
            "closedate",
            "投资时间",
            "融资时间",
            "融资日期",
            "时间",
            "日期",
        ],
    ),
    (
        "amount",
        &[
            "moneyraisedcurrencyinusd",
            "moneyraisedinusd",
            "moneyraised",
            "dealsize",
            "amount",
            "amountusd",
            "amountusdm",
            "融资金额",
            "投资金额",
            "金额",
            "amountraised",
            "raised",
            "roundamount",
            "dealamount",
            "size",
        ],
    ),
    (
        "country",
        &[
            "country",
            "organizationlocation",
            "companycountry",
            "hqcountry",
            "headquarterslocation",
            "headquarters",
            "location",
            "hqlocation",
            "companycountryterritory",
            "companycountryterritoryregion",
            "国家",
            "国家地区",
            "地区",
        ],
    ),
];

/// The `--map` that fits a list of deals, if the headings look like one.
pub(in crate::exchange) fn suggested(head: &Head, line: &Line) -> Option<String> {
    let found: Vec<String> = USUAL
        .iter()
        .filter_map(|(key, known)| {
            let heading = line.field(head.find(known)?);
            Some(if heading.contains(' ') { format!("{key}=\"{heading}\"") } else { format!("{key}={heading}") })
        })
        .collect();
    (found.len() == 3).then(|| format!("--map {}", found.join(" ")))
}
