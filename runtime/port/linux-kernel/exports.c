// SPDX-License-Identifier: MIT
/*
 * exports.c - the functions of the API that loadable modules may call.
 */
#include <linux/export.h>

#include "state.h"

EXPORT_SYMBOL_GPL(static_call_key_rt_set);
EXPORT_SYMBOL_GPL(static_call_key_rt_update_many);
EXPORT_SYMBOL_GPL(static_call_key_rt_sync);
EXPORT_SYMBOL_GPL(static_call_key_rt_seal);
EXPORT_SYMBOL_GPL(static_call_key_rt_select);
EXPORT_SYMBOL_GPL(static_call_key_rt_verify);
EXPORT_SYMBOL_GPL(static_call_key_rt_query);
EXPORT_SYMBOL_GPL(static_call_key_rt_for_each);
EXPORT_SYMBOL_GPL(static_call_key_rt_for_each_site);
EXPORT_SYMBOL_GPL(static_call_key_rt_for_each_offer);
EXPORT_SYMBOL_GPL(static_call_key_rt_why);
EXPORT_SYMBOL_GPL(static_call_key_rt_strerror);
EXPORT_SYMBOL_GPL(static_call_key_rt_store);
#if SCRT_PORT_DYNAMIC
EXPORT_SYMBOL_GPL(static_call_key_rt_dynamic_learn);
EXPORT_SYMBOL_GPL(static_call_key_rt_dynamic_freeze);
EXPORT_SYMBOL_GPL(static_call_key_rt_dynamic_stats);
EXPORT_SYMBOL_GPL(static_call_key_rt_dynamic_for_each);
#endif
