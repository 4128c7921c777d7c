/* SPDX-License-Identifier: MIT */
/* dynamic-query.h - what is known of dynamic calls; see dynamic-query.c. */
#ifndef SCRT_DYNAMIC_QUERY_H
#define SCRT_DYNAMIC_QUERY_H

#include "learn.h"

#if SCRT_PORT_DYNAMIC

#pragma GCC visibility push(hidden)

void scrt_dynamic_describe(const struct scrt_dynamic *d, const struct scrt_slot *slot,
			   struct static_call_dynamic_info *info);

#pragma GCC visibility pop

#endif

#endif /* SCRT_DYNAMIC_QUERY_H */
