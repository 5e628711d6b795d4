// The inference process, which collects its garbage every few seconds.
import './collect-garbage.mjs';
import '../dist/classifier/process/main.js';
