//! A drawing as a vector PDF: its shapes on one page, with title, language and alternative text in the document.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{LineJoinStyle, StructRole};
use pdf_writer::writers::{ExtGraphicsState, StructTreeRoot};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};
use resvg::tiny_skia::{PathSegment, Point};
use resvg::usvg;
use sha2::{Digest, Sha256};

use super::drawing::{Drawing, escaped};

/// Points of a page to an inch.
const POINTS: f64 = 72.0;

/// Identifier of the one piece of marked content on the page: the picture.
const PICTURE: i32 = 0;

/// The page's key in the tree that leads from marked content to its place in the structure.
const STRUCTURE_KEY: i32 = 0;

/// Objects of the document, in the order in which they are written.
const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const SHAPES: Ref = Ref::new(4);
const STRUCTURE: Ref = Ref::new(5);
const FIGURE: Ref = Ref::new(6);
const ABOUT: Ref = Ref::new(7);
const METADATA: Ref = Ref::new(8);
const PARENTS: Ref = Ref::new(9);

impl Drawing {
    /// The picture as PDF at its physical size: text as outlines, no clock, so that the same drawing is the same bytes.
    ///
    /// # Panics
    /// Never for a drawing made by this program: its SVG is well formed.
    #[must_use]
    pub fn pdf(&self) -> Vec<u8> {
        let tree = usvg::Tree::from_str(&self.svg, &usvg::Options::default()).expect("our own SVG is well formed");
        let [width, height] = self.size();
        let scale = self.sheet.style.preset.inches() * POINTS / width;
        let page = Rect::new(0.0, 0.0, (width * scale) as f32, (height * scale) as f32);
        let mut shapes = Shapes { content: Content::new(), opacities: Vec::new() };
        // PDF measures upwards from the lower left corner, SVG downwards from the upper left one.
        shapes.content.transform([scale as f32, 0.0, 0.0, -scale as f32, 0.0, page.y2]);
        shapes.content.begin_marked_content_with_properties(Name(b"Figure")).properties().identify(PICTURE);
        shapes.group(tree.root());
        shapes.content.end_marked_content();
        self.document(page, shapes)
    }

    fn document(&self, page: Rect, shapes: Shapes) -> Vec<u8> {
        let mut pdf = Pdf::new();
        let id = Sha256::digest(format!("{} {}", self.name, self.facts.config))[..16].to_vec();
        pdf.set_file_id((id.clone(), id));
        self.catalog(&mut pdf);
        pdf.pages(PAGES).kids([PAGE]).count(1);
        let mut sheet = pdf.page(PAGE);
        sheet.parent(PAGES).media_box(page).contents(SHAPES).struct_parents(STRUCTURE_KEY);
        let mut resources = sheet.resources();
        let mut states = resources.ext_g_states();
        for (place, [fill, stroke]) in shapes.opacities.iter().enumerate() {
            let mut state = states.insert(Name(opacity_name(place).as_bytes())).start::<ExtGraphicsState<'_>>();
            state.non_stroking_alpha(*fill).stroking_alpha(*stroke);
        }
        states.finish();
        resources.finish();
        sheet.finish();
        pdf.stream(SHAPES, &deflated(&shapes.content.finish())).filter(Filter::FlateDecode);
        // The whole picture is one figure: its alternative text says what its shapes show.
        let mut figure = pdf.struct_element(FIGURE);
        figure.kind(StructRole::Figure).parent(STRUCTURE).page(PAGE).alt(TextStr(&self.alt));
        figure.attributes().push().layout().bbox(page);
        figure.children().marked_content_id(PICTURE);
        figure.finish();
        let (title, version) = (TextStr(&self.title), TextStr(&self.facts.version));
        pdf.document_info(ABOUT).title(title).subject(TextStr(&self.subject())).creator(version).producer(version);
        pdf.stream(METADATA, self.xmp().as_bytes())
            .pair(Name(b"Type"), Name(b"Metadata"))
            .pair(Name(b"Subtype"), Name(b"XML"));
        pdf.finish()
    }

    fn catalog(&self, pdf: &mut Pdf) {
        let mut catalog = pdf.catalog(CATALOG);
        catalog.pages(PAGES).metadata(METADATA).lang(TextStr("en"));
        catalog.mark_info().marked(true);
        catalog.viewer_preferences().display_doc_title(true);
        catalog.pair(Name(b"StructTreeRoot"), STRUCTURE);
        catalog.finish();
        let mut structure = pdf.indirect(STRUCTURE).start::<StructTreeRoot<'_>>();
        structure.child(FIGURE).parent_tree_next_key(1);
        structure.parent_tree().nums().insert(STRUCTURE_KEY, PARENTS);
        structure.finish();
        pdf.indirect(PARENTS).array().item(FIGURE);
    }

    /// What the picture shows and where its numbers come from.
    fn subject(&self) -> String {
        format!("{} {}", self.alt, self.facts.footer.join(" "))
    }

    /// The facts of the document once more as XMP, which is where programs look for them first.
    fn xmp(&self) -> String {
        let [title, subject, version] = [&self.title, &self.subject(), &self.facts.version].map(|text| escaped(text));
        let text = |tag: &str, text: &str| {
            format!("<dc:{tag}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:{tag}>")
        };
        format!(
            "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\
             <x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
             <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
             xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\
             {}{}<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>\
             <xmp:CreatorTool>{version}</xmp:CreatorTool><pdf:Producer>{version}</pdf:Producer>\
             </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>",
            text("title", &title),
            text("description", &subject),
        )
    }
}

fn opacity_name(place: usize) -> String {
    format!("O{place}")
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// What is drawn on the page, and the opacities that it needs: PDF names each pair of them in the page's resources.
struct Shapes {
    content: Content,
    /// Opacity of the filling and of the line.
    opacities: Vec<[f32; 2]>,
}

impl Shapes {
    fn group(&mut self, group: &usvg::Group) {
        for node in group.children() {
            match node {
                usvg::Node::Group(inner) => {
                    self.content.save_state();
                    if let Some(path) = inner.clip_path().and_then(clip) {
                        self.outline(path);
                        self.content.clip_nonzero().end_path();
                    }
                    self.group(inner);
                    self.content.restore_state();
                }
                usvg::Node::Path(path) => self.draw(path),
                // A chart has neither pictures nor text that is not an outline.
                usvg::Node::Image(_) | usvg::Node::Text(_) => {}
            }
        }
    }

    fn draw(&mut self, path: &usvg::Path) {
        let opacity = [path.fill().map(usvg::Fill::opacity), path.stroke().map(usvg::Stroke::opacity)];
        let state = self.opacity(opacity.map(|opacity| opacity.map_or(1.0, |opacity| opacity.get())));
        self.content.set_parameters(Name(opacity_name(state).as_bytes()));
        if let Some(fill) = path.fill() {
            let [red, green, blue] = colour(fill.paint());
            self.content.set_fill_rgb(red, green, blue);
        }
        if let Some(stroke) = path.stroke() {
            self.pen(stroke);
        }
        self.outline(path);
        match (path.fill(), path.stroke()) {
            (Some(_), Some(_)) => self.content.fill_nonzero_and_stroke(),
            (Some(_), None) => self.content.fill_nonzero(),
            (None, Some(_)) => self.content.stroke(),
            (None, None) => self.content.end_path(),
        };
    }

    /// The place of a pair of opacities in the list, where it is put if it is new.
    fn opacity(&mut self, pair: [f32; 2]) -> usize {
        self.opacities.iter().position(|known| *known == pair).unwrap_or_else(|| {
            self.opacities.push(pair);
            self.opacities.len() - 1
        })
    }

    fn pen(&mut self, stroke: &usvg::Stroke) {
        let [red, green, blue] = colour(stroke.paint());
        let round = stroke.linejoin() == usvg::LineJoin::Round;
        let join = if round { LineJoinStyle::RoundJoin } else { LineJoinStyle::MiterJoin };
        let dashes = stroke.dasharray().unwrap_or_default().iter().copied();
        self.content.set_stroke_rgb(red, green, blue).set_line_width(stroke.width().get()).set_line_join(join);
        self.content.set_miter_limit(stroke.miterlimit().get()).set_dash_pattern(dashes, stroke.dashoffset());
    }

    fn outline(&mut self, path: &usvg::Path) {
        let (pen, mut here) = (&mut self.content, Point { x: 0.0, y: 0.0 });
        for segment in path.data().segments() {
            match segment {
                PathSegment::MoveTo(to) => pen.move_to(to.x, to.y),
                PathSegment::LineTo(to) => pen.line_to(to.x, to.y),
                PathSegment::QuadTo(by, to) => {
                    // PDF knows cubics only.
                    let [a, b] = [here, to].map(|end| third(end, by));
                    pen.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y)
                }
                PathSegment::CubicTo(a, b, to) => pen.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y),
                PathSegment::Close => pen.close_path(),
            };
            if let PathSegment::MoveTo(to)
            | PathSegment::LineTo(to)
            | PathSegment::QuadTo(_, to)
            | PathSegment::CubicTo(_, _, to) = segment
            {
                here = to;
            }
        }
    }
}

/// The shape that a group is cut off by: the one rectangle of its clip.
fn clip(clip: &usvg::ClipPath) -> Option<&usvg::Path> {
    clip.root().children().iter().find_map(|node| match node {
        usvg::Node::Path(path) => Some(&**path),
        _ => None,
    })
}

/// The control point of a cubic that draws a quadratic curve, at a hundredth of a unit, which is what the drawing has:
/// exact thirds would be most of the file.
fn third(end: Point, by: Point) -> Point {
    let at = |end: f32, by: f32| ((end + 2.0 * by) / 3.0 * 100.0).round() / 100.0;
    Point { x: at(end.x, by.x), y: at(end.y, by.y) }
}

fn colour(paint: &usvg::Paint) -> [f32; 3] {
    match paint {
        // Four digits tell all 256 shades apart.
        usvg::Paint::Color(usvg::Color { red, green, blue }) => {
            [red, green, blue].map(|shade| (f32::from(*shade) / 255.0 * 1e4).round() / 1e4)
        }
        // A chart has no gradients.
        _ => [0.0; 3],
    }
}
