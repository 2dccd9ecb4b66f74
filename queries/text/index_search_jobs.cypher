// Jobs are found by their terms.
// params:
CREATE FULLTEXT INDEX search_jobs IF NOT EXISTS
FOR ()-[r:WORKS_IN]-() ON EACH [r.search_terms]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: false}}
