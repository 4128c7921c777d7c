/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The second unit of sckt_dynamic.ko. */
#ifndef SCKT_DYNAMIC_UNITS_H
#define SCKT_DYNAMIC_UNITS_H

#include "dynamic.h"

int sckt_unit_named(const struct sckt_object *o, int x); /* + 1 */
int sckt_unit_named_tail(const struct sckt_object *o, int x);
int sckt_unit_frozen(const struct sckt_object *o, int x);
int sckt_unit_traced(const struct sckt_object *o, int x); /* + 1 */

/* One function of sixteen, and one after the other of them. */
int sckt_unit_any(int (*fn)(void));
bool sckt_unit_call_any(void);

/* dynamic-stress.c */
bool sckt_dynamic_stress(void);

/* For other modules: see dynamic.c. */
void sckt_dynamic_register(int (*fn)(int), int adds);

#endif
