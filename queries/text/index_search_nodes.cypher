// Nodes are found by their terms, which are words of letters and digits with spaces between them.
// params:
CREATE FULLTEXT INDEX search_nodes IF NOT EXISTS
FOR (n:Account|Department|Contact|Member|Competitor|Rival|Product|Opportunity) ON EACH [n.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}
