// Loaded by the host before the application (-r): the file dialog is answered as a person would.
const { dialog } = require('electron');

dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [process.env.BENCH_PICKS ?? ''] });
