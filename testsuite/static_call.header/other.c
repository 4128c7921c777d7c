/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A second unit that includes the header and uses nothing of it. */
#include <static_call.h>
