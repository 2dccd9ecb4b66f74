"""How people of an account can be put in order."""

from __future__ import annotations

from models.terms import Term


class Measure(Term):
    """How a ranking scores people."""

    INFLUENCE = "influence", "Influence", "影响力"
    AUTHORITY = "authority", "Authority (HITS)", "权威度 (HITS)"
    IN_DEGREE = "in_degree", "How many listen (in-degree)", "听从者人数（入度）"
    PAGERANK = "pagerank", "PageRank, all seats alike", "PageRank（职位不计）"
    EIGENVECTOR = "eigenvector", "Eigenvector centrality", "特征向量中心度"
    BETWEENNESS = "betweenness", "Betweenness", "中介中心度"
    CLOSENESS = "closeness", "Closeness", "接近中心度"
    PROXIMITY = "proximity", "Proximity (distance-weighted reach)", "邻近度（按距离折算）"
    CONSTRAINT = "constraint", "Constraint (bridges first)", "结构洞约束度（桥梁人物在前）"
