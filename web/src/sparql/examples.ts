/** Queries to begin with: what they answer in Chinese and English, and their text. */
export const EXAMPLES: { title: [string, string]; query: string }[] = [
  {
    title: ['事实最多的机构', 'Organisations with the most facts'],
    query: `# How many facts each organisation takes part in.
SELECT ?organization ?name (COUNT(DISTINCT ?fact) AS ?facts) WHERE {
  ?organization a tupu:Organization ; tupu:name ?name .
  ?fact tupu:involves ?organization ; tupu:polarity "positive" ; tupu:modality "actual" .
}
GROUP BY ?organization ?name
ORDER BY DESC(?facts) ?name
LIMIT 20
`,
  },
  {
    title: ['谁捐了口罩，捐了多少', 'Who gave masks, and how many'],
    query: `# Each with the fact, whose words open with a click.
SELECT ?donor ?name ?number ?unit ?fact WHERE {
  ?fact a tupu:Donation ; tupu:donor ?donor ; tupu:item ?item ; tupu:quantity ?quantity .
  ?donor tupu:name ?name .
  ?item tupu:name ?goods .
  FILTER(CONTAINS(?goods, "口罩"))
  ?quantity tupu:of ?item ; qudt:numericValue ?number .
  OPTIONAL { ?quantity tupu:unit ?unit }
}
ORDER BY DESC(?number)
`,
  },
  {
    title: ['每种事实有多少', 'How many facts of each type'],
    query: `SELECT ?kind (COUNT(?fact) AS ?facts) WHERE {
  ?fact a tupu:Fact , ?type .
  FILTER(?type != tupu:Fact)
  BIND(STRAFTER(STR(?type), "#") AS ?kind)
}
GROUP BY ?kind
ORDER BY DESC(?facts)
`,
  },
  {
    title: ['被否认和计划中的事', 'What is denied or planned'],
    query: `SELECT ?label ?polarity ?modality ?fact ?words ?document WHERE {
  ?fact a tupu:Fact ; rdfs:label ?label ; tupu:polarity ?polarity ; tupu:modality ?modality ; prov:wasDerivedFrom ?span .
  FILTER(?polarity != "positive" || ?modality != "actual")
  ?span nif:referenceContext ?document ; nif:anchorOf ?words .
}
ORDER BY ?document
LIMIT 100
`,
  },
  {
    title: ['隔一步相连的捐赠方与地点', 'Donors and places one step apart'],
    query: `# Who gave something to somebody that lies in a place.
SELECT DISTINCT ?donor ?recipient ?place WHERE {
  ?donation a tupu:Donation ; tupu:donor ?donor ; tupu:recipient ?recipient .
  ?recipient tupu:under+ ?place .
  ?place a tupu:Place .
}
LIMIT 100
`,
  },
  {
    title: ['捐赠的直接关系（Turtle）', 'Direct relations of donations (Turtle)'],
    query: `CONSTRUCT { ?donor tupu:donated ?item } WHERE { ?donor tupu:donated ?item }
`,
  },
];
