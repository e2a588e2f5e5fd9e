/* An Electron app that is a blank page and nothing else: something for scripts to draw in. */
const { app, BrowserWindow } = require('electron');

void app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));
