#include "graph/graph.h"

void dt__graph_scope_levers(dt__graph_scope *scope, const dt_model *model, const dt__option *anchors,
                            size_t anchor_count) {
    *scope = (dt__graph_scope){.anchor_count = anchor_count, .anchors = anchors};
    for (uint32_t i = 0; i < model->issue_count; i++) {
        if (model->issues[i].decided_by != DT__NO_INDEX) dt__issue_set_add(&scope->free, i);
    }
}
