/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the user is told. */
#ifndef STATIC_CALL_MODEL_REPORT_H
#define STATIC_CALL_MODEL_REPORT_H

#include "model/refs.h"

void sck_report_call(gimple *call, tree fn, enum sck_reason reason, const char *path);
void sck_report_store(gimple *store, tree fn, const char *path);
void sck_report_site(location_t loc, tree fn, const char *symbol, bool tail);
void sck_report_place(const char *event, location_t loc, tree fn, const char *place,
		      HOST_WIDE_INT offset, HOST_WIDE_INT size);
void sck_report_unit(void);
void sck_report_flush(void);

#endif /* STATIC_CALL_MODEL_REPORT_H */
