import cytoscape from 'cytoscape';
import type { Graph, NetworkKind } from '../api';
import { theme } from '../theme';
import { badges } from './badges';
import { elements, room } from './elements';
import { labels } from './labels';
import { place, type Task } from './layout';
import { asked, type GraphState, type LayoutName, type Point } from './state';
import { stylesheet } from './style';

/** More nodes and edges than this are drawn more simply. */
const LARGE = 900;
/** So many are added at once. */
const CHUNK = 150;
/** So many views are remembered. */
const REMEMBERED = 40;
/** Small graphs are not drawn larger than this. */
const CLOSEST = 1.4;

// Cytoscape puts its one rule into the page as an element `style`, which the page's policy forbids, unless there is an
// element of this name. The rule is in graph.css.
if (!document.getElementById('__________cytoscape_stylesheet')) {
  document.head.append(Object.assign(document.createElement('meta'), { id: '__________cytoscape_stylesheet' }));
}

/** What the user does with the picture. */
export interface Heard {
  /** A node or an edge was chosen, or nothing; the ids of all that are chosen. */
  select: (id: string, all: string[]) => void;
  expand: (id: string) => void;
  pin: (moved: Record<string, Point>) => void;
  /** Whether a layout is being worked out. */
  busy: (busy: boolean) => void;
}

/** The picture of a graph: draws it with Cytoscape, and keeps what stays where it is. */
export class Picture {
  readonly cy: cytoscape.Core;
  /** Works out which names there is room for. */
  private readonly name: () => void;
  /** The theme and size that it is drawn for. */
  private styled = '';
  private laying = new AbortController();
  private drawn?: { layout: LayoutName; network: NetworkKind; query: string };
  /** Where nodes stood in the views that were shown: who comes back to one finds it as it was. */
  private readonly views = new Map<string, Map<string, Point>>();
  /** Where pinned nodes stood before, to which they go back. */
  private readonly loose = new Map<string, Point>();

  constructor(
    private readonly container: HTMLElement,
    overlay: HTMLCanvasElement,
    private readonly heard: Heard,
  ) {
    this.cy = cytoscape({
      container,
      minZoom: 0.05,
      maxZoom: 4,
      selectionType: 'single',
      boxSelectionEnabled: true,
      pixelRatio: Math.min(2, devicePixelRatio),
      hideEdgesOnViewport: false,
      textureOnViewport: false,
    });
    this.simplify(0);
    badges(this.cy, overlay);
    this.name = labels(this.cy);
    this.listen();
  }

  private listen(): void {
    const { cy, heard } = this;
    const chosen = () => cy.$(':selected').map((element) => element.id());
    // One call for all that a click or a box chooses.
    let told = 0;
    const tell = (id: string) => {
      cancelAnimationFrame(told);
      told = requestAnimationFrame(() => heard.select(id, chosen()));
    };
    cy.on('tap', (event) => tell(event.target === cy ? '' : (event.target as cytoscape.SingularElementReturnValue).id()));
    cy.on('boxend', () => tell(''));
    cy.on('dbltap', 'node', (event) => heard.expand((event.target as cytoscape.NodeSingular).id()));
    cy.on('dragfreeon', 'node', (event) => {
      const node = event.target as cytoscape.NodeSingular;
      const moved = node.selected() ? cy.$('node:selected') : node;
      heard.pin(Object.fromEntries(moved.map((one) => [one.id(), { ...(one as cytoscape.NodeSingular).position() }])));
    });
    cy.on('grabon', 'node', (event) => {
      const node = event.target as cytoscape.NodeSingular;
      for (const one of (node.selected() ? cy.$('node:selected') : node).toArray() as cytoscape.NodeSingular[]) {
        if (!one.hasClass('pinned')) this.loose.set(one.id(), { ...one.position() });
      }
    });
    cy.on('mouseover', 'node', (event) => (event.target as cytoscape.NodeSingular).addClass('hover'));
    cy.on('mouseout', 'node', (event) => (event.target as cytoscape.NodeSingular).removeClass('hover'));
  }

  /** Shows a graph. What is shown already stays where it is, unless the layout or the network is another. */
  async show(graph: Graph, state: GraphState): Promise<void> {
    const { cy } = this;
    this.laying.abort();
    const laying = (this.laying = new AbortController());
    const wanted = elements(graph, state);
    const nodes = wanted.filter((one) => one.group === 'nodes');
    const kept = nodes.filter((one) => cy.getElementById(one.data.id as string).nonempty());
    const same = this.drawn?.layout === state.layout && this.drawn.network === state.network;
    // Where most of what was there goes (a search, a focus), what remains begins anew.
    const query = `${state.layout}?${asked(state)}`;
    if (this.drawn && cy.nodes().nonempty()) this.remember(this.drawn.query);
    const before = this.views.get(query);
    const goesOn = same && kept.length >= cy.nodes().length / 2 && kept.length >= nodes.length / 6;
    const stay = goesOn && state.layout === 'force';
    let places: Point[] | undefined;
    if (before && query !== this.drawn?.query && nodes.every((one) => before.has(one.data.id as string))) {
      places = nodes.map((one) => before.get(one.data.id as string) as Point);
    } else if (!(goesOn && kept.length === nodes.length)) {
      this.heard.busy(true);
      try {
        places = await place(this.task(graph, state, wanted, stay), laying.signal);
      } finally {
        if (this.laying === laying) this.heard.busy(false);
      }
      if (laying.signal.aborted) return;
    }
    this.drawn = { layout: state.layout, network: state.network, query };
    // Before anything is drawn, so that nothing is drawn at two sizes.
    if (places && !stay) this.frame(places);
    await this.apply(wanted, places, state, laying.signal);
    if (laying.signal.aborted) return;
    this.mark(state.select);
    if (places && !stay) return;
    if (kept.length < nodes.length) this.reveal(nodes.filter((one) => !kept.includes(one)).map((one) => one.data.id as string));
  }

  /** Keeps where all nodes stand, pinned ones where they would without. */
  private remember(query: string): void {
    this.views.delete(query);
    const stand = new Map(this.cy.nodes().map((node) => [node.id(), (node.hasClass('pinned') ? this.loose.get(node.id()) : undefined) ?? { ...node.position() }]));
    this.views.set(query, stand);
    for (const oldest of this.views.keys()) if (this.views.size > REMEMBERED) this.views.delete(oldest);
  }

  private task(graph: Graph, state: GraphState, wanted: cytoscape.ElementDefinition[], stay: boolean): Task {
    const at = new Map(graph.nodes.map((node, place) => [node.id, place]));
    const boxes = wanted.filter((one) => one.group === 'nodes');
    return {
      layout: state.layout,
      nodes: boxes.map((one) => {
        const id = one.data.id as string;
        const here = stay ? this.cy.getElementById(id) : undefined;
        return { id, ...room(one), ...(here?.nonempty() ? { at: { ...here.position() } } : {}) };
      }),
      edges: graph.edges.map((edge) => [at.get(edge.source) ?? 0, at.get(edge.target) ?? 0]),
      ratio: Math.max(0.6, Math.min(2.4, this.container.clientWidth / Math.max(1, this.container.clientHeight))),
    };
  }

  /** Changes what is drawn to what is wanted, touching only what differs; much is added bit by bit. */
  private async apply(wanted: cytoscape.ElementDefinition[], places: Point[] | undefined, state: GraphState, signal: AbortSignal): Promise<void> {
    const { cy } = this;
    const ids = new Set(wanted.map((one) => one.data.id as string));
    const fresh: cytoscape.ElementDefinition[] = [];
    this.simplify(wanted.length);
    cy.batch(() => {
      cy.elements().filter((one) => !ids.has(one.id())).remove();
      let node = 0;
      for (const one of wanted) {
        const position = one.group === 'nodes' ? places?.[node++] : undefined;
        const here = cy.getElementById(one.data.id as string);
        if (here.empty()) fresh.push(position ? { ...one, position } : one);
        else {
          const { font: _font, halo: _halo, ...data } = one.data as Record<string, unknown>;
          if (Object.entries(data).some(([name, value]) => here.data(name) !== value)) here.data(data);
          if (position) here.position(position);
        }
      }
    });
    for (let at = 0; at < fresh.length; at += CHUNK) {
      cy.batch(() => void cy.add(fresh.slice(at, at + CHUNK)));
      if (at + CHUNK < fresh.length) await new Promise((done) => setTimeout(done));
      if (signal.aborted) return;
    }
    cy.batch(() => this.pin(state.pins));
  }

  /** Draws large graphs more simply, and moves them as one image. */
  private simplify(elements: number): void {
    const large = elements > LARGE;
    const huge = elements > LARGE * 3;
    const kind = `${theme.value} ${large} ${huge}`;
    if (kind === this.styled) return;
    this.styled = kind;
    // Cytoscape takes these when it begins, and reads them whenever it draws.
    Object.assign((this.cy as unknown as { renderer(): object }).renderer(), { textureOnViewport: large && !huge, hideEdgesOnViewport: huge });
    this.cy.style(stylesheet(theme.value, large, huge));
  }

  /** Puts nodes where the user wants them, and back those that are no longer pinned. */
  private pin(pins: Record<string, Point>): void {
    this.cy.nodes('.pinned').forEach((node) => {
      if (node.id() in pins) return;
      node.removeClass('pinned').position(this.loose.get(node.id()) ?? node.position());
      this.loose.delete(node.id());
    });
    for (const [id, at] of Object.entries(pins)) {
      const node = this.cy.getElementById(id);
      if (node.empty()) continue;
      if (!this.loose.has(id)) this.loose.set(id, { ...node.position() });
      node.addClass('pinned').position(at);
    }
  }

  /** Chooses `id`, and shows what is next to it before all else. */
  mark(id: string): void {
    const { cy } = this;
    cy.batch(() => {
      const all = cy.elements();
      const here = id ? cy.getElementById(id) : cy.collection();
      if (!here.selected() || !id) all.unselect();
      here.select();
      cy.$('.near, .faint, .told').removeClass('near faint told');
      if (here.empty()) return;
      const near = here.union(here.nodes().closedNeighborhood()).union(here.edges().connectedNodes());
      near.addClass('near');
      if (near.length < all.length && all.length <= LARGE) all.difference(near).addClass('faint');
    });
    this.name();
  }

  /** Colours and lines for the theme. */
  recolour(): void {
    this.simplify(this.cy.elements().length);
  }

  /** Works the layout out anew, as on opening the address. */
  again(graph: Graph, state: GraphState): Promise<void> {
    delete this.drawn;
    this.views.clear();
    this.loose.clear();
    this.cy.elements().remove();
    return this.show(graph, state);
  }

  fit(): void {
    this.frame(this.cy.nodes().map((node) => node.position()));
  }

  /** Shows the part of the plane in which these places lie. */
  private frame(places: Point[]): void {
    // What is beside the picture may have changed its size just now.
    this.cy.resize();
    const [width, height] = [this.cy.width(), this.cy.height()];
    const [xs, ys] = [places.map(({ x }) => x), places.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    // Beyond places there are nodes and their names.
    const zoom = Math.min(CLOSEST, width / (right - left + 130), height / (bottom - top + 90));
    this.cy.viewport({ zoom, pan: { x: width / 2 - (zoom * (left + right)) / 2, y: (height - 14) / 2 - (zoom * (top + bottom)) / 2 } });
  }

  zoom(by: number): void {
    const { width, height } = this.container.getBoundingClientRect();
    this.cy.zoom({ level: this.cy.zoom() * by, renderedPosition: { x: width / 2, y: height / 2 } });
  }

  /** Brings nodes into sight, if they are not. */
  reveal(ids: string[]): void {
    const { cy } = this;
    const these = cy.collection(ids.map((id) => cy.getElementById(id)).filter((one) => one.nonempty()) as unknown as string);
    if (these.empty()) return;
    const [box, seen] = [these.boundingBox(), cy.extent()];
    if (box.x1 >= seen.x1 && box.x2 <= seen.x2 && box.y1 >= seen.y1 && box.y2 <= seen.y2) return;
    this.fit();
  }

  /** The nearest node from `id` in a direction, those it is joined with before all others. */
  toward(id: string, dx: number, dy: number): string | undefined {
    const here = this.cy.getElementById(id);
    if (here.empty() || !here.isNode()) return this.cy.nodes().max((one) => Number(one.data('depth'))).ele?.id();
    const from = here.position();
    const nearest = (among: cytoscape.NodeCollection) => {
      let best: { id: string; far: number } | undefined;
      among.forEach((one) => {
        const { x, y } = one.position();
        const [along, aside] = [(x - from.x) * dx + (y - from.y) * dy, Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx)];
        const far = along + 2 * aside;
        if (along > 1 && aside <= along * 1.8 && (!best || far < best.far)) best = { id: one.id(), far };
      });
      return best?.id;
    };
    return nearest(here.neighborhood().nodes()) ?? nearest(this.cy.nodes().difference(here).nodes());
  }

  destroy(): void {
    this.laying.abort();
    this.cy.destroy();
  }
}
