//! A drawing as vector PDF: a walk over the shapes of its SVG, with title, language and alt text in the document.

use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Node, Tag, TagGroup, TagTree};
use resvg::tiny_skia::{PathSegment, Point};
use resvg::usvg;

use super::drawing::Drawing;

/// Points of a page to an inch.
const POINTS: f64 = 72.0;

impl Drawing {
    /// The picture as PDF at its physical size: text as outlines, no clock, so that the same drawing is the same bytes.
    #[must_use]
    pub fn pdf(&self) -> Vec<u8> {
        let tree = usvg::Tree::from_str(&self.svg, &usvg::Options::default()).expect("our own SVG is well formed");
        let [width, height] = self.size();
        let scale = self.sheet.style.preset.inches() * POINTS / width;
        let settings = SerializeSettings { xmp_metadata: true, ..SerializeSettings::default() };
        let mut document = krilla::Document::new_with(settings);
        let page = PageSettings::from_wh((width * scale) as f32, (height * scale) as f32);
        let mut page = document.start_page_with(page.expect("a preset has a size"));
        let mut surface = page.surface();
        // The whole picture is one figure: its alt text says what its shapes show.
        let figure = surface.start_tagged(ContentTag::Other);
        surface.push_transform(&Transform::from_scale(scale as f32, scale as f32));
        group(&mut surface, tree.root());
        surface.pop();
        surface.end_tagged();
        surface.finish();
        page.finish();
        let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
        tags.push(TagGroup::with_children(Tag::Figure(Some(self.alt.clone())), vec![Node::Leaf(figure)]));
        document.set_tag_tree(tags);
        document.set_metadata(self.about());
        document.finish().expect("shapes without fonts and images cannot fail")
    }

    fn about(&self) -> Metadata {
        let source = format!("{} {}", self.alt, self.facts.footer.join(" "));
        let (creator, id) = (self.facts.version.clone(), format!("{} {}", self.name, self.facts.config));
        let about = Metadata::new().title(self.title.clone()).description(source).language("en".to_owned());
        about.creator(creator.clone()).producer(creator).document_id(id)
    }
}

fn group(surface: &mut Surface, group: &usvg::Group) {
    for node in group.children() {
        match node {
            usvg::Node::Group(inner) => {
                let clipped = inner.clip_path().and_then(clip);
                if let Some(path) = &clipped {
                    surface.push_clip_path(path, &FillRule::NonZero);
                }
                self::group(surface, inner);
                if clipped.is_some() {
                    surface.pop();
                }
            }
            usvg::Node::Path(path) => draw(surface, path),
            // A chart has neither pictures nor text that is not an outline.
            usvg::Node::Image(_) | usvg::Node::Text(_) => {}
        }
    }
}

/// The shape that a group is cut off by: the one rectangle of its clip.
fn clip(clip: &usvg::ClipPath) -> Option<Path> {
    clip.root().children().iter().find_map(|node| match node {
        usvg::Node::Path(path) => outline(path),
        _ => None,
    })
}

fn outline(path: &usvg::Path) -> Option<Path> {
    let mut pen = PathBuilder::new();
    let mut here = Point { x: 0.0, y: 0.0 };
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => pen.move_to(to.x, to.y),
            PathSegment::LineTo(to) => pen.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => {
                // PDF knows cubics only; left to the writer, their thirds would be most of the file.
                let [a, b] = [here, to].map(|end| third(end, by));
                pen.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y);
            }
            PathSegment::CubicTo(a, b, to) => pen.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
            PathSegment::Close => pen.close(),
        }
        if let PathSegment::MoveTo(to)
        | PathSegment::LineTo(to)
        | PathSegment::QuadTo(_, to)
        | PathSegment::CubicTo(_, _, to) = segment
        {
            here = to;
        }
    }
    pen.finish()
}

/// The control point of a cubic that draws a quadratic curve, at a hundredth of a unit, which is what the drawing has.
fn third(end: Point, by: Point) -> Point {
    let at = |end: f32, by: f32| ((end + 2.0 * by) / 3.0 * 100.0).round() / 100.0;
    Point { x: at(end.x, by.x), y: at(end.y, by.y) }
}

fn draw(surface: &mut Surface, path: &usvg::Path) {
    let Some(shape) = outline(path) else { return };
    let colour = |paint: &usvg::Paint| match paint {
        usvg::Paint::Color(colour) => rgb::Color::new(colour.red, colour.green, colour.blue),
        // A chart has no gradients.
        _ => rgb::Color::black(),
    };
    let opacity = |opacity: f32| NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE);
    surface.set_fill(path.fill().map(|fill| Fill {
        paint: colour(fill.paint()).into(),
        opacity: opacity(fill.opacity().get()),
        rule: FillRule::NonZero,
    }));
    surface.set_stroke(path.stroke().map(|stroke| Stroke {
        paint: colour(stroke.paint()).into(),
        width: stroke.width().get(),
        miter_limit: stroke.miterlimit().get(),
        line_cap: LineCap::Butt,
        line_join: if stroke.linejoin() == usvg::LineJoin::Round { LineJoin::Round } else { LineJoin::Miter },
        opacity: opacity(stroke.opacity().get()),
        dash: stroke.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: stroke.dashoffset() }),
    }));
    surface.draw_path(&shape);
}
