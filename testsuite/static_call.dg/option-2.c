/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A bad value is an error, which lists the good ones. */
/* { dg-do compile } */
/* { dg-options "-fplugin-arg-static_call-stores=maybe" } */
/* { dg-error "unrecognized plugin option .-fplugin-arg-static_call-stores=maybe.: its values are sync, named, warn, error" "" { target *-*-* } 0 } */
/* { dg-prune-output "fail(ed)? to initialize plugin" } */
int x;
