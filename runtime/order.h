/* SPDX-License-Identifier: MIT */
/* order.h - the sites of each record; see order.c. */
#ifndef STATIC_CALL_ORDER_H
#define STATIC_CALL_ORDER_H

#include "state.h"

#pragma GCC visibility push(hidden)

/* The tables were read, and .first of each record counts its sites: from now on it is the first. */
void scrt_order_begin(struct scrt_module *m);

/* Fill order[]. */
void scrt_order_make(struct scrt_module *m);

/* Set flags of the site of this number, which belongs to the record. */
void scrt_order_flag(struct scrt_module *m, size_t record, uint32_t number, uint32_t flags);

#pragma GCC visibility pop

/* Sites of a record: order[k] and so on, up to order[end]. */
struct scrt_range {
	uint32_t k, end;
};

/* All of the record's: whoever goes through them asks here, as they are sorted when someone does. */
static inline struct scrt_range scrt_order_of(struct scrt_module *m, size_t record)
{
	const struct scrt_record *r = &m->state[record];

	if (!m->ordered)
		scrt_order_make(m);
	return (struct scrt_range){ r[0].first, r[1].first };
}

#endif /* STATIC_CALL_ORDER_H */
